package lectern.gateway;

import java.net.InetSocketAddress;
import java.util.List;

import io.netty.channel.Channel;
import lectern.web.AddressRanges;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.ProxyProtocolSupportType;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Reads the address of the client from the PROXY protocol, by which a proxy that does not
 * end TLS tells it. Only trusted proxies are asked: the header of anybody else is not
 * understood, as without this, and so ends the connection.
 *
 * <p>
 * The protocol need not be there, so that programs on the machine of the proxy, such as
 * the canary, reach the gateway without it. This trusts nobody more: a trusted proxy that
 * passes on the bytes of clients without a header of its own would pass on their
 * {@code X-Forwarded-For}, too.
 *
 * @see <a href="https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt">The PROXY
 * protocol</a>
 */
final class ProxyProtocolCustomizer implements NettyServerCustomizer {

	private final AddressRanges proxies;

	/**
	 * @param proxies the addresses of trusted proxies, or networks in CIDR notation
	 */
	ProxyProtocolCustomizer(List<String> proxies) {
		this.proxies = new AddressRanges(proxies);
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.proxyProtocol(ProxyProtocolSupportType.AUTO)
			.doOnChannelInit((_, channel, _) -> ignoreUnlessTrusted(channel));
	}

	private void ignoreUnlessTrusted(Channel channel) {
		if (!(channel.remoteAddress() instanceof InetSocketAddress peer) || !this.proxies.contains(peer)) {
			channel.pipeline().remove(NettyPipeline.ProxyProtocolDecoder);
		}
	}

}
