package lectern.streaming.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * The places that streams take: so many in all, for each reader and for each address. Who
 * has one keeps it.
 */
final class StreamAdmission {

	private static final ProblemType TOO_MANY_STREAMS = new ProblemType("too-many-streams",
			HttpStatus.TOO_MANY_REQUESTS, "Too many streams are open");

	/** An IPv6 network is one household: its addresses cost nothing. */
	private static final int NETWORK_BYTES = 8;

	private static final String RETRY_AFTER_SECONDS = "30";

	private final StreamSettings settings;

	private final AtomicInteger openStreams = new AtomicInteger();

	private final Map<String, Integer> openStreamsByKey = new ConcurrentHashMap<>();

	StreamAdmission(StreamSettings settings) {
		this.settings = settings;
	}

	/** Whether nobody has one, nor waits to be answered with a stream. */
	boolean isIdle() {
		return this.openStreams.get() == 0;
	}

	/**
	 * Take a place.
	 * @param address of the client; null if it is not known
	 * @param reader whose stream it is; null for nobody's
	 * @return to be released
	 * @throws Problem 429 over a limit of one, 503 over that of all
	 */
	StreamPermit acquire(@Nullable InetSocketAddress address, @Nullable String reader, StreamMeters meters) {
		String from = (address != null && address.getAddress() != null) ? addressKey(address.getAddress()) : null;
		if (this.openStreams.incrementAndGet() > this.settings.maxConnections()) {
			this.openStreams.decrementAndGet();
			meters.refused("all");
			throw Problem.of(ProblemType.UNAVAILABLE, "The maximum number of streams is open. Try again in a moment.")
				.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		if (!tryIncrement(from, this.settings.maxPerAddress())) {
			this.openStreams.decrementAndGet();
			meters.refused("address");
			throw tooManyStreams("One address may have at most " + this.settings.maxPerAddress() + " open streams.");
		}
		String holder = (reader != null) ? "@" + reader : null;
		if (!tryIncrement(holder, this.settings.maxPerReader())) {
			decrement(from);
			this.openStreams.decrementAndGet();
			meters.refused("reader");
			throw tooManyStreams("One reader may have at most " + this.settings.maxPerReader() + " open streams.");
		}
		return new StreamPermit(() -> {
			decrement(holder);
			decrement(from);
			this.openStreams.decrementAndGet();
		});
	}

	private boolean tryIncrement(@Nullable String holder, int most) {
		if (holder == null) {
			return true;
		}
		boolean[] took = new boolean[1];
		this.openStreamsByKey.compute(holder, (_, had) -> {
			int now = (had == null) ? 0 : had;
			took[0] = now < most;
			return took[0] ? Integer.valueOf(now + 1) : had;
		});
		return took[0];
	}

	private static Problem tooManyStreams(String detail) {
		return Problem.of(TOO_MANY_STREAMS, detail).withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	private void decrement(@Nullable String holder) {
		if (holder != null) {
			this.openStreamsByKey.computeIfPresent(holder, (_, had) -> (had == 1) ? null : had - 1);
		}
	}

	private static String addressKey(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length > 4) ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
				: address.getHostAddress();
	}

}
