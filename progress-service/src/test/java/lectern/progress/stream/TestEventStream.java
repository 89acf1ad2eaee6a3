package lectern.progress.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lectern.progress.TestReader;
import lectern.web.TestApiClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** The text of an event stream, block by block. */
final class TestEventStream {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private TestEventStream() {
	}

	/**
	 * Open the live stream of a reader.
	 * @param lastId what to send as {@code Last-Event-ID}; empty for none
	 * @return cold; the blocks with their empty line, without the one that only sets
	 * {@code retry}
	 */
	static Flux<String> open(TestReader reader, String lastId) {
		return Flux.defer(() -> {
			StringBuilder pending = new StringBuilder();
			TestApiClient client = lastId.isEmpty() ? reader.client() : reader.client().with("Last-Event-ID", lastId);
			return client.request(HttpMethod.GET, reader.path() + "/events")
				.retrieve()
				.bodyToFlux(DataBuffer.class)
				.concatMapIterable((buffer) -> completeBlocks(pending.append(text(buffer))))
				.filter((block) -> !block.matches("retry:\\d+\n\n"));
		});
	}

	/** Split the text of a whole stream into the blocks of its log events. */
	static List<String> eventBlocks(String text) {
		return Arrays.stream(text.split("\n\n"))
			.filter((block) -> block.startsWith("id:") && block.contains("\ndata:"))
			.toList();
	}

	static String id(String block) {
		return block.substring(block.indexOf("id:") + 3).lines().findFirst().orElseThrow();
	}

	static JsonNode data(String block) {
		return MAPPER.readTree(block.substring(block.indexOf("\ndata:") + 6));
	}

	/** A chunk may end within a character, so only whole blocks are decoded as UTF-8. */
	private static String text(DataBuffer buffer) {
		String text = buffer.toString(ISO_8859_1);
		DataBufferUtils.release(buffer);
		return text;
	}

	private static List<String> completeBlocks(StringBuilder pending) {
		List<String> blocks = new ArrayList<>();
		for (int end = pending.indexOf("\n\n"); end >= 0; end = pending.indexOf("\n\n")) {
			blocks.add(new String(pending.substring(0, end + 2).getBytes(ISO_8859_1), UTF_8));
			pending.delete(0, end + 2);
		}
		return blocks;
	}

}
