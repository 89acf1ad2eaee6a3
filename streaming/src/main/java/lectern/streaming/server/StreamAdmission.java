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
import lectern.web.QuotaStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Limits the number of open connections: in all, per stream, per reader and per address.
 * A refusal never affects an open connection.
 */
final class StreamAdmission {

	private static final ProblemType TOO_MANY_STREAMS = new ProblemType("too-many-streams",
			HttpStatus.TOO_MANY_REQUESTS, "Too many streams are open");

	/** An IPv6 /64 network counts as one address, because one household has all of it. */
	private static final int NETWORK_BYTES = 8;

	private static final String RETRY_AFTER_SECONDS = "30";

	private static final int MAX_INTERNAL_STREAMS = 1_000;

	private final StreamSettings settings;

	private final AtomicInteger openStreams = new AtomicInteger();

	private final AtomicInteger openInternalStreams = new AtomicInteger();

	private final Map<String, Integer> openStreamsByKey = new ConcurrentHashMap<>();

	StreamAdmission(StreamSettings settings) {
		this.settings = settings;
	}

	/**
	 * Acquire a permit for a stream to another service, which clients cannot take away.
	 * @throws Problem 503 at a limit that only a fault can reach
	 */
	StreamPermit acquireInternal(StreamMeters meters) {
		if (this.openInternalStreams.incrementAndGet() > MAX_INTERNAL_STREAMS) {
			this.openInternalStreams.decrementAndGet();
			meters.refused("all");
			throw unavailable("The maximum number of internal streams is open. Try again in a moment.");
		}
		return new StreamPermit(this.openInternalStreams::decrementAndGet);
	}

	/** Whether no stream is open and no request waits for one. */
	boolean isIdle() {
		return this.openStreams.get() == 0 && this.openInternalStreams.get() == 0;
	}

	/**
	 * Acquire a permit.
	 * @param address the client's address; null if it is not known
	 * @param reader the owner of the stream; null if the stream is not a reader's
	 * @throws Problem 429 at the limit of a reader or an address, 503 at that of a stream
	 * or of all
	 */
	StreamPermit acquire(@Nullable InetSocketAddress address, @Nullable String reader, StreamMeters meters) {
		String addressKey = addressKey(address);
		String readerKey = readerKey(reader);
		Integer maxPerStream = this.settings.maxPerStream().get(meters.stream());
		String streamKey = (maxPerStream != null) ? "/" + meters.stream() : null;
		if (this.openStreams.incrementAndGet() > this.settings.maxConnections()) {
			release(null, null, null);
			meters.refused("all");
			throw unavailable("The maximum number of streams is open. Try again in a moment.");
		}
		if (!tryIncrement(addressKey, this.settings.maxPerAddress())) {
			release(null, null, null);
			meters.refused("address");
			throw tooManyStreams("One address may have at most " + this.settings.maxPerAddress() + " open streams.");
		}
		if (!tryIncrement(readerKey, this.settings.maxPerReader())) {
			release(addressKey, null, null);
			meters.refused("reader");
			throw tooManyStreams("One reader may have at most " + this.settings.maxPerReader() + " open streams.");
		}
		if (!tryIncrement(streamKey, (maxPerStream != null) ? maxPerStream : 0)) {
			release(addressKey, readerKey, null);
			meters.refused("stream");
			throw unavailable("All " + maxPerStream + " connections of this stream are in use. Try again in a moment.");
		}
		return new StreamPermit(() -> release(addressKey, readerKey, streamKey));
	}

	/** Add how many more streams a client may open, as far as this depends on itself. */
	void addQuotas(@Nullable InetSocketAddress address, @Nullable String reader, HttpHeaders response) {
		addQuota("streams-per-address", addressKey(address), this.settings.maxPerAddress(), response);
		addQuota("streams-per-reader", readerKey(reader), this.settings.maxPerReader(), response);
	}

	private void addQuota(String policy, @Nullable String key, int max, HttpHeaders response) {
		if (key != null) {
			int open = this.openStreamsByKey.getOrDefault(key, 0);
			QuotaStatus.concurrent(policy, max, Math.max(max - open, 0)).addTo(response);
		}
	}

	private void release(@Nullable String addressKey, @Nullable String readerKey, @Nullable String streamKey) {
		decrement(streamKey);
		decrement(readerKey);
		decrement(addressKey);
		this.openStreams.decrementAndGet();
	}

	private boolean tryIncrement(@Nullable String key, int max) {
		if (key == null) {
			return true;
		}
		boolean[] incremented = new boolean[1];
		this.openStreamsByKey.compute(key, (_, count) -> {
			int current = (count == null) ? 0 : count;
			incremented[0] = current < max;
			return incremented[0] ? Integer.valueOf(current + 1) : count;
		});
		return incremented[0];
	}

	private void decrement(@Nullable String key) {
		if (key != null) {
			this.openStreamsByKey.computeIfPresent(key, (_, count) -> (count == 1) ? null : count - 1);
		}
	}

	private static Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	private static Problem tooManyStreams(String detail) {
		return Problem.of(TOO_MANY_STREAMS, detail).withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
	}

	private static @Nullable String readerKey(@Nullable String reader) {
		return (reader != null) ? "@" + reader : null;
	}

	private static @Nullable String addressKey(@Nullable InetSocketAddress socket) {
		InetAddress address = (socket != null) ? socket.getAddress() : null;
		if (address == null) {
			return null;
		}
		byte[] bytes = address.getAddress();
		return (bytes.length > 4) ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
				: address.getHostAddress();
	}

}
