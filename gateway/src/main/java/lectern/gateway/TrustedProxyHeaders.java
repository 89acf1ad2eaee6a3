package lectern.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import lectern.web.AddressRanges;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.ConnectionInfo;
import reactor.netty.transport.AddressUtils;

/**
 * Reads the address of the client, and the scheme and the host that it has asked, from
 * the headers of trusted proxies. The headers are removed in any case, so that nothing
 * believes those of others.
 */
final class TrustedProxyHeaders implements BiFunction<ConnectionInfo, HttpRequest, ConnectionInfo> {

	private static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");

	private static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");

	private static final AsciiString FORWARDED_HOST = AsciiString.cached("X-Forwarded-Host");

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private final AddressRanges proxies;

	/**
	 * @param proxies the addresses of trusted proxies, or networks in CIDR notation
	 */
	TrustedProxyHeaders(List<String> proxies) {
		this.proxies = new AddressRanges(proxies);
	}

	@Override
	public ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
		HttpHeaders headers = request.headers();
		InetSocketAddress peer = connection.getRemoteAddress();
		ConnectionInfo told = (peer != null && this.proxies.contains(peer)) ? read(connection, headers) : connection;
		headers.remove(FORWARDED_FOR).remove(FORWARDED_PROTO).remove(FORWARDED_HOST);
		return told;
	}

	private ConnectionInfo read(ConnectionInfo connection, HttpHeaders headers) {
		ConnectionInfo told = connection;
		InetAddress client = client(headers.getAll(FORWARDED_FOR));
		if (client != null) {
			told = told.withRemoteAddress(new InetSocketAddress(client, 0));
		}
		String scheme = headers.get(FORWARDED_PROTO, told.getScheme()).toLowerCase(Locale.ROOT);
		String host = headers.get(FORWARDED_HOST, headers.get(HttpHeaderNames.HOST, ""));
		if (!SCHEMES.contains(scheme) || host.isEmpty()) {
			return told;
		}
		InetSocketAddress address = AddressUtils.parseAddress(host, ConnectionInfo.getDefaultHostPort(scheme));
		return told.withScheme(scheme).withHostAddress(address, address.getHostString(), address.getPort());
	}

	/** Each proxy appends the address that it sees, so the last untrusted one is true. */
	private @Nullable InetAddress client(List<String> values) {
		List<String> addresses = List.of(String.join(",", values).split(","));
		for (String text : addresses.reversed()) {
			InetAddress address = AddressRanges.parse(text.strip());
			if (address == null || !this.proxies.contains(new InetSocketAddress(address, 0))) {
				return address;
			}
		}
		return null;
	}

}
