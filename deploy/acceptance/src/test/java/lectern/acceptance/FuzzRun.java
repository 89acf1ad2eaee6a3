package lectern.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import lectern.acceptance.fuzz.AnswerRules;
import lectern.acceptance.fuzz.ApiCall;
import lectern.acceptance.fuzz.ApiCalls;
import lectern.acceptance.fuzz.ApiOperation;
import lectern.acceptance.fuzz.RawAnswer;
import lectern.acceptance.fuzz.RawHttpConnection;
import net.jqwik.api.Shrinkable;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Sends generated requests over several connections and collects what is wrong. */
final class FuzzRun implements AutoCloseable {

	private static final int CONNECTIONS = 16;

	private static final int BATCH = 500;

	/** Enough to see what is wrong. */
	private static final int MAX_REPORTED = 30;

	private static final int MAX_SHRINKS = 60;

	private final LecternInstance lectern;

	private final FuzzWorld world;

	private final AnswerRules rules = new AnswerRules();

	private final BlockingQueue<RawHttpConnection> connections = new LinkedBlockingQueue<>();

	private final ExecutorService executor = Executors.newFixedThreadPool(CONNECTIONS, Thread.ofVirtual().factory());

	private final Set<String> reported = new HashSet<>();

	private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

	FuzzRun(LecternInstance lectern, FuzzWorld world, long seed) throws IOException {
		this.lectern = lectern;
		this.world = world;
		Random random = new Random(seed);
		for (int i = 0; i < CONNECTIONS; i++) {
			this.connections.add(new RawHttpConnection(lectern.port(), loopbackAddress(random)));
		}
	}

	/** An address of its own, so that no limit of an address is met by all. */
	private static InetAddress loopbackAddress(Random random) throws IOException {
		return InetAddress.getByAddress(new byte[] { 127, (byte) (1 + random.nextInt(250)), (byte) random.nextInt(250),
				(byte) (1 + random.nextInt(250)) });
	}

	/**
	 * Send the next requests.
	 * @return what is wrong, with a command line for each request
	 */
	List<String> send(ApiCalls calls, int count) throws Exception {
		List<String> failures = new ArrayList<>();
		for (int sent = 0; sent < count; sent += BATCH) {
			List<Shrinkable<ApiCall>> batch = new ArrayList<>();
			while (batch.size() < Math.min(BATCH, count - sent)) {
				batch.add(calls.next());
			}
			List<Callable<List<String>>> tasks = new ArrayList<>();
			// Generated here: jqwik works in the thread of its session only.
			batch.stream().map(Shrinkable::value).forEach((call) -> tasks.add(() -> faults(call)));
			List<Future<List<String>>> results = this.executor.invokeAll(tasks);
			for (int i = 0; i < results.size(); i++) {
				List<String> faults = results.get(i).get(2 * HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
				if (!faults.isEmpty() && failures.size() < MAX_REPORTED && isNew(batch.get(i).value(), faults)) {
					failures.add(report(batch.get(i), faults));
				}
			}
		}
		return failures;
	}

	/**
	 * Each try of a request whose answer does not end takes the whole limit: such a
	 * request is not made smaller.
	 */
	private String report(Shrinkable<ApiCall> failed, List<String> faults) throws Exception {
		RawAnswer answer = exchange(failed.value());
		return answer.isUnfinished() ? describe(failed.value(), answer, faults)
				: describe(shrink(failed, faults.getFirst()).value(), faults);
	}

	/** One example of each kind of failure is enough. */
	private boolean isNew(ApiCall call, List<String> faults) {
		return this.reported.add(call.operation().map(ApiOperation::id).orElse("") + kind(call) + faults.getFirst());
	}

	private static String kind(ApiCall call) {
		return call.kind().replaceFirst(" .*", "");
	}

	private List<String> faults(ApiCall call) throws Exception {
		RawAnswer answer = exchange(call);
		this.counts.merge(kind(call) + " " + answer.status(), 1, Integer::sum);
		return this.rules.faults(call, answer);
	}

	private RawAnswer exchange(ApiCall call) throws Exception {
		RawHttpConnection connection = Objects
			.requireNonNull(this.connections.poll(2 * HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
		try {
			return connection.exchange(call, this.world::replaceAccount);
		}
		finally {
			this.connections.add(connection);
		}
	}

	/** A request that is smaller and still breaks the same rule. */
	private Shrinkable<ApiCall> shrink(Shrinkable<ApiCall> failed, String fault) throws Exception {
		Shrinkable<ApiCall> smallest = failed;
		int tried = 0;
		boolean smaller = true;
		while (smaller && tried < MAX_SHRINKS) {
			smaller = false;
			for (Shrinkable<ApiCall> candidate : smallest.shrink().limit(20).toList()) {
				tried++;
				if (faults(candidate.value()).contains(fault)) {
					smallest = candidate;
					smaller = true;
					break;
				}
			}
		}
		return smallest;
	}

	private String describe(ApiCall call, List<String> faults) throws Exception {
		return describe(call, exchange(call), faults);
	}

	private String describe(ApiCall call, RawAnswer answer, List<String> faults) {
		return "%s %s: %s%n  %s%n  %d %s%n  %s".formatted(call.operation().map(ApiOperation::id).orElse("-"),
				call.kind(), faults, call.toCurl(this.lectern.url()), answer.status(),
				answer.headers().toSingleValueMap(),
				answer.text().substring(0, Math.min(answer.text().length(), 1_000)));
	}

	/** The number of requests by kind and status. */
	Map<String, Integer> counts() {
		return new TreeMap<>(this.counts);
	}

	/** Return the addresses of problems without a page. */
	List<String> problemsWithoutPage() {
		return this.rules.problemTypes()
			.stream()
			.filter((type) -> this.lectern.anonymousClient()
				.get()
				.uri(type)
				.exchange()
				.returnResult(Void.class)
				.getStatus()
				.value() != 200)
			.toList();
	}

	int problemTypes() {
		return this.rules.problemTypes().size();
	}

	@Override
	public void close() throws IOException {
		this.executor.close();
		for (RawHttpConnection connection : this.connections) {
			connection.close();
		}
	}

}
