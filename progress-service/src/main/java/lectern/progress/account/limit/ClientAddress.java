package lectern.progress.account.limit;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What the limits count as one client: an IPv4 address, or an IPv6 /64 network, because
 * one household has all of it.
 *
 * @param network in a form that is safe in a log line
 */
public record ClientAddress(String network) {

	/** The service itself, for work that no request has caused. */
	private static final ClientAddress SERVICE = new ClientAddress("service");

	private static final int NETWORK_BYTES = 8;

	private static final HexFormat GROUPS = HexFormat.of();

	static ClientAddress of(InetAddress address) {
		byte[] bytes = address.getAddress();
		return new ClientAddress(
				(bytes.length > 4) ? ipv6Network(Arrays.copyOf(bytes, NETWORK_BYTES)) : address.getHostAddress());
	}

	private static String ipv6Network(byte[] network) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < network.length; i += 2) {
			text.append(GROUPS.formatHex(network, i, i + 2)).append(':');
		}
		return text.append(":/64").toString();
	}

	/** Return the address of the request that a subscriber works for. */
	static ClientAddress of(ContextView context) {
		return context.hasKey(ClientAddress.class) ? context.get(ClientAddress.class) : SERVICE;
	}

	/**
	 * Add this address to the context of a subscriber, so that expensive work is queued
	 * for it.
	 */
	public Context addTo(Context context) {
		return context.put(ClientAddress.class, this);
	}

}
