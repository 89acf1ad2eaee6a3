package lectern.progress.account.limit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Finds the address of a client. The gateway replaces {@code X-Forwarded-For} by what it
 * sees, so the header is believed if the gateway sends it. Everyone else could send any
 * address to escape the limits.
 */
public final class ClientAddressResolver {

	private static final String FORWARDED_FOR = "X-Forwarded-For";

	private final List<IpSubnetFilterRule> gateways;

	/**
	 * @param gateways the addresses of gateways, or networks in CIDR notation
	 * @throws IllegalArgumentException if one is neither
	 */
	public ClientAddressResolver(List<String> gateways) {
		this.gateways = gateways.stream().map(ClientAddressResolver::rule).toList();
	}

	private static IpSubnetFilterRule rule(String network) {
		int slash = network.indexOf('/');
		InetAddress address = parse((slash < 0) ? network : network.substring(0, slash));
		if (address == null) {
			throw new IllegalArgumentException("'" + network + "' is not an IP address or network");
		}
		int prefix = (slash < 0) ? address.getAddress().length * Byte.SIZE
				: Integer.parseInt(network.substring(slash + 1));
		return new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT);
	}

	/** Return the address of the client of a request. */
	public ClientAddress resolve(ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		if (peer == null || peer.getAddress() == null) {
			return new ClientAddress("unknown");
		}
		InetAddress forwarded = isGateway(peer) ? forwardedFor(request) : null;
		return ClientAddress.of((forwarded != null) ? forwarded : peer.getAddress());
	}

	private boolean isGateway(InetSocketAddress peer) {
		return this.gateways.stream().anyMatch((gateway) -> gateway.matches(peer));
	}

	private static @Nullable InetAddress forwardedFor(ServerHttpRequest request) {
		String header = request.getHeaders().getFirst(FORWARDED_FOR);
		return (header != null) ? parse(header) : null;
	}

	/** Parse an address without asking a name server; null if it is none. */
	private static @Nullable InetAddress parse(String address) {
		return NetUtil.createInetAddressFromIpAddressString(address);
	}

}
