package lectern.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Addresses several of whose connections were ended because of floods. For a minute they
 * can open no new one: each could send some hundred requests before it is ended, too, and
 * would cost much more than it costs its client. An IPv6 network of 64 bits counts as one
 * address.
 */
public final class FloodingAddresses {

	/** A browser that a limit hits by chance comes back once or twice. */
	static final int MAX_FLOODS = 3;

	static final Duration PERIOD = Duration.ofMinutes(1);

	static final int MAX_ADDRESSES = 10_000;

	private static final Logger logger = LoggerFactory.getLogger(FloodingAddresses.class);

	private static final int IPV6_NETWORK_BYTES = 8;

	private final AddressRanges exempt;

	private final LongSupplier nanoTime;

	private final Map<ByteBuffer, Floods> floods = new LinkedHashMap<>(16, 0.75f, true) {

		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Floods> eldest) {
			return size() > MAX_ADDRESSES;
		}

	};

	/**
	 * @param exempt the proxies, behind which there are many clients
	 */
	public FloodingAddresses(AddressRanges exempt) {
		this(exempt, System::nanoTime);
	}

	/**
	 * @param nanoTime the time, as {@link System#nanoTime()} tells it
	 */
	FloodingAddresses(AddressRanges exempt, LongSupplier nanoTime) {
		this.exempt = exempt;
		this.nanoTime = nanoTime;
	}

	/** Count a connection that was ended because of a flood. */
	void add(@Nullable SocketAddress client) {
		if (client instanceof InetSocketAddress address && !this.exempt.contains(address)) {
			long now = this.nanoTime.getAsLong();
			synchronized (this.floods) {
				Floods known = this.floods.get(networkOf(address));
				int count = (known != null && known.isCurrent(now)) ? known.count() + 1 : 1;
				this.floods.put(networkOf(address), new Floods(count, now));
				if (count == MAX_FLOODS) {
					logger.warn("{} has sent {} floods over HTTP/2, and can open no connection for {} s",
							address.getAddress().getHostAddress(), count, PERIOD.toSeconds());
				}
			}
		}
	}

	/** Tell whether an address may open no connection now. */
	boolean isBlocked(@Nullable SocketAddress client) {
		if (!(client instanceof InetSocketAddress address)) {
			return false;
		}
		synchronized (this.floods) {
			Floods known = this.floods.isEmpty() ? null : this.floods.get(networkOf(address));
			return known != null && known.count() >= MAX_FLOODS && known.isCurrent(this.nanoTime.getAsLong());
		}
	}

	private static ByteBuffer networkOf(InetSocketAddress client) {
		InetAddress address = client.getAddress();
		byte[] bytes = address.getAddress();
		return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
	}

	/**
	 * What an address has sent.
	 *
	 * @param count how many floods, none of them later than the period after the one
	 * before
	 * @param lastAt when the last of them was
	 */
	private record Floods(int count, long lastAt) {

		boolean isCurrent(long now) {
			return now - this.lastAt < PERIOD.toNanos();
		}

	}

}
