package lectern.acceptance.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;

/**
 * One of several clients that run at once: a device of the reader and a curator, who
 * choose their operations at random.
 */
public final class ContractRun implements AutoCloseable {

	private final ContractClient reader;

	private final ContractClient curator;

	private final ModelledDevice device;

	private final ContendingDevice contender;

	private final ModelledCurator books;

	private final Random random;

	/**
	 * Create a client.
	 * @param tokens the token of the reader and that of a curator
	 * @param ownBooks books that exist and that no other client uses
	 * @param sharedBook a book that all clients use
	 * @param versions shared by all clients, thread-safe
	 * @param newBooks the prefix of the ids of books that it creates
	 */
	public ContractRun(int port, String handle, List<String> tokens, List<String> ownBooks, String sharedBook,
			Set<String> versions, String newBooks, long seed) throws IOException {
		this.random = new Random(seed);
		this.reader = new ContractClient(port, tokens.get(0), this.random);
		this.curator = new ContractClient(port, tokens.get(1), this.random);
		this.device = new ModelledDevice(this.reader, handle, ownBooks, this.random);
		this.contender = new ContendingDevice(this.reader, handle, sharedBook, versions, this.random);
		this.books = new ModelledCurator(this.curator,
				IntStream.range(0, 6).mapToObj((number) -> newBooks + "-" + number).toList(), this.random);
	}

	/** Execute operations. A failure shows those before it. */
	public void run(int steps) {
		for (int step = 0; step < steps; step++) {
			try {
				switch (this.random.nextInt(10)) {
					case 0, 1 -> this.contender.step();
					case 2, 3 -> this.books.step();
					case 4 -> this.reader.repeatCommand();
					default -> this.device.step();
				}
			}
			catch (AssertionError | IOException | RuntimeException ex) {
				throw new AssertionError(
						"step " + step + ", after\n" + this.reader.trace() + "\n" + this.curator.trace(), ex);
			}
		}
	}

	/** Return the cursors of its changes as a reader, in order. */
	public List<String> readerCursors() {
		return this.reader.cursors();
	}

	/** Return the cursors of its changes as a curator, in order. */
	public List<String> curatorCursors() {
		return this.curator.cursors();
	}

	/** Return the last state of each reading of its own that is not removed. */
	public Map<String, JsonNode> readings() {
		Map<String, JsonNode> states = new HashMap<>();
		this.device.all()
			.stream()
			.filter((reading) -> !reading.isRemoved())
			.forEach((reading) -> states.put(reading.id(), reading.state()));
		return states;
	}

	/** Return the document of each book of its own. */
	public Map<String, JsonNode> books() {
		return Map.copyOf(this.books.books());
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
		this.curator.close();
	}

}
