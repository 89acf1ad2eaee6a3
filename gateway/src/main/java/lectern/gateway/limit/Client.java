package lectern.gateway.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Whose requests are counted together: those of an IPv4 address or an IPv6 network (/64),
 * because one household has all of it, or those of a reader.
 *
 * @param network the IPv6 network, or {@code ::ffff} and the IPv4 address; 0 for a reader
 * @param reader the handle; null for an address
 */
public record Client(long network, @Nullable String reader) {

	private static final long IPV4 = 0xffff_0000_0000L;

	private static final long UNSIGNED_INT = 0xffff_ffffL;

	/** Return the client at an address; those whose address is not known are one. */
	static Client at(@Nullable InetSocketAddress socket) {
		InetAddress address = (socket != null) ? socket.getAddress() : null;
		return new Client((address != null) ? network(ByteBuffer.wrap(address.getAddress())) : 0, null);
	}

	private static long network(ByteBuffer address) {
		return (address.remaining() == Integer.BYTES) ? IPV4 | address.getInt() & UNSIGNED_INT : address.getLong();
	}

	static Client reader(String handle) {
		return new Client(0, handle);
	}

	/**
	 * Return a hash of 64 bits. Without the seed nobody can find clients that have the
	 * same.
	 */
	long hash(long seed) {
		long hash = mix(seed ^ this.network);
		if (this.reader != null) {
			hash = mix(hash + this.reader.length());
			for (int i = 0; i < this.reader.length(); i++) {
				hash = mix(hash ^ this.reader.charAt(i));
			}
		}
		return mix(hash ^ Long.rotateLeft(seed, Integer.SIZE));
	}

	/** The finalizer of SplitMix64, in which each bit changes half of the others. */
	private static long mix(long value) {
		long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
		return mixed ^ mixed >>> 31;
	}

}
