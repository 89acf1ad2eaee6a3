package lectern.progress.account.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import lectern.web.AddressRanges;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds the address of a client. The gateway replaces {@code X-Forwarded-For} by what it
 * sees, so the header is believed if the gateway sends it. Everyone else could send any
 * address to escape the limits.
 */
public final class ClientAddressResolver {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private final AddressRanges gateways;

	/**
	 * @param gateways the addresses of gateways, or networks in CIDR notation
	 * @throws IllegalArgumentException if one is neither
	 */
	public ClientAddressResolver(List<String> gateways) {
		this.gateways = new AddressRanges(gateways);
	}

	/** Return the address of the client of a request. */
	public ClientAddress resolve(ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer == null || peer.getAddress() == null) {
			return new ClientAddress("unknown");
		}
		InetAddress forwarded = this.gateways.contains(peer) ? forwardedFor(request) : null;
		return ClientAddress.of((forwarded != null) ? forwarded : peer.getAddress());
	}

	private static @Nullable InetAddress forwardedFor(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(FORWARDED_FOR);
		return (header != null) ? AddressRanges.parse(header) : null;
	}

}
