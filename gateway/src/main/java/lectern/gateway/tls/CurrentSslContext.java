package lectern.gateway.tls;

import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSessionContext;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolNegotiator;
import io.netty.handler.ssl.SslContext;

/**
 * Gives each new connection the context of the certificate of now. Reactor Netty takes
 * one context when the server starts, and can choose another one only by the server name
 * that a client asks for.
 */
final class CurrentSslContext extends SslContext {

	private final ServedCertificate certificate;

	CurrentSslContext(ServedCertificate certificate) {
		this.certificate = certificate;
	}

	@Override
	public boolean isClient() {
		return false;
	}

	@Override
	public List<String> cipherSuites() {
		return this.certificate.context().cipherSuites();
	}

	@Override
	@SuppressWarnings("deprecation")
	public ApplicationProtocolNegotiator applicationProtocolNegotiator() {
		return this.certificate.context().applicationProtocolNegotiator();
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator) {
		return this.certificate.context().newEngine(allocator);
	}

	@Override
	public SSLEngine newEngine(ByteBufAllocator allocator, String peerHost, int peerPort) {
		return this.certificate.context().newEngine(allocator, peerHost, peerPort);
	}

	@Override
	public SSLSessionContext sessionContext() {
		return this.certificate.context().sessionContext();
	}

}
