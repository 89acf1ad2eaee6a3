package lectern.streaming;

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
final class Places {

	private static final ProblemType TOO_MANY = new ProblemType("too-many-streams", HttpStatus.TOO_MANY_REQUESTS,
			"Too many streams are open");

	/** An IPv6 network is one household: its addresses cost nothing. */
	private static final int NETWORK_BYTES = 8;

	private static final String LATER = "30";

	private final StreamSettings settings;

	private final AtomicInteger taken = new AtomicInteger();

	private final Map<String, Integer> takenBy = new ConcurrentHashMap<>();

	Places(StreamSettings settings) {
		this.settings = settings;
	}

	/** Whether nobody has one, nor waits to be answered with a stream. */
	boolean areFree() {
		return this.taken.get() == 0;
	}

	/**
	 * Take a place.
	 * @param address of the client; null if it is not known
	 * @param reader whose stream it is; null for nobody's
	 * @return to be released
	 * @throws Problem 429 over a limit of one, 503 over that of all
	 */
	Place take(@Nullable InetSocketAddress address, @Nullable String reader, StreamMeters meters) {
		String from = (address != null && address.getAddress() != null) ? network(address.getAddress()) : null;
		if (this.taken.incrementAndGet() > this.settings.most()) {
			this.taken.decrementAndGet();
			meters.refused("all");
			throw Problem.of(ProblemType.UNAVAILABLE, "All places for streams are taken for the moment.")
				.withHeader(HttpHeaders.RETRY_AFTER, LATER);
		}
		if (!takeOne(from, this.settings.perAddress())) {
			this.taken.decrementAndGet();
			meters.refused("address");
			throw tooMany("From one address there may be " + this.settings.perAddress() + ".");
		}
		String holder = (reader != null) ? "@" + reader : null;
		if (!takeOne(holder, this.settings.perReader())) {
			giveBack(from);
			this.taken.decrementAndGet();
			meters.refused("reader");
			throw tooMany("One reader may have " + this.settings.perReader() + ".");
		}
		return new Place(() -> {
			giveBack(holder);
			giveBack(from);
			this.taken.decrementAndGet();
		});
	}

	private boolean takeOne(@Nullable String holder, int most) {
		if (holder == null) {
			return true;
		}
		boolean[] took = new boolean[1];
		this.takenBy.compute(holder, (_, had) -> {
			int now = (had == null) ? 0 : had;
			took[0] = now < most;
			return took[0] ? Integer.valueOf(now + 1) : had;
		});
		return took[0];
	}

	private static Problem tooMany(String detail) {
		return Problem.of(TOO_MANY, detail).withHeader(HttpHeaders.RETRY_AFTER, LATER);
	}

	private void giveBack(@Nullable String holder) {
		if (holder != null) {
			this.takenBy.computeIfPresent(holder, (_, had) -> (had == 1) ? null : had - 1);
		}
	}

	private static String network(InetAddress address) {
		byte[] bytes = address.getAddress();
		return (bytes.length > 4) ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
				: address.getHostAddress();
	}

}
