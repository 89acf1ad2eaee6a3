package lectern.gateway.tls;

import java.time.Clock;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Encrypts the connections of clients if there is a certificate. */
@Configuration(proxyBeanMethods = false)
class TlsConfiguration {

	/**
	 * Headers that take part in the limits of HTTP/1.1, of the line and of the headers,
	 * and what HTTP/2 counts for each of them in addition.
	 */
	private static final int MAX_HEADER_LIST_SIZE = 40 * 1024;

	/** As many as RFC 9113 recommends at least. */
	private static final int MAX_CONCURRENT_STREAMS = 100;

	@Bean
	@ConditionalOnProperty("lectern.tls.cert")
	ServedCertificate servedCertificate(TlsSettings settings) {
		return new ServedCertificate(new TlsCertificate.PemFiles(Objects.requireNonNull(settings.cert()),
				Objects.requireNonNull(settings.key())), Clock.systemUTC());
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> tlsCustomizer(
			ObjectProvider<ServedCertificate> certificate) {
		return (factory) -> factory
			.addServerCustomizers((server) -> encrypt(server, factory, certificate.getIfAvailable()));
	}

	/**
	 * Without encryption there is no HTTP/2 either: nothing in front of the gateway needs
	 * it, and an upgrade to it would pass by the checks of a request.
	 */
	private static HttpServer encrypt(HttpServer server, NettyReactiveWebServerFactory factory,
			@Nullable ServedCertificate certificate) {
		if (certificate == null) {
			return Ssl.isEnabled(factory.getSsl()) ? limitHttp2(server) : server.protocol(HttpProtocol.HTTP11);
		}
		CurrentSslContext context = new CurrentSslContext(certificate);
		return limitHttp2(
				server.secure((spec) -> spec.sslContext(context)).protocol(HttpProtocol.HTTP11, HttpProtocol.H2));
	}

	/**
	 * What is not set here has a limit in Netty: 200 resets within 30 s, 16 small parts
	 * of a head, 2 empty data frames in turn, 10,000 frames that the client does not
	 * read.
	 */
	private static HttpServer limitHttp2(HttpServer server) {
		return server.http2Settings((settings) -> settings.maxConcurrentStreams(MAX_CONCURRENT_STREAMS)
			.maxHeaderListSize(MAX_HEADER_LIST_SIZE));
	}

}
