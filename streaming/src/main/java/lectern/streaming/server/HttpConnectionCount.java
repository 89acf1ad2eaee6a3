package lectern.streaming.server;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.netty.channel.Channel;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/** Counts the open connections of an HTTP server. */
final class HttpConnectionCount implements NettyServerCustomizer, MeterBinder {

	private final AtomicInteger open = new AtomicInteger();

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((_, channel, _) -> count(channel));
	}

	private void count(Channel connection) {
		this.open.incrementAndGet();
		connection.closeFuture().addListener((_) -> this.open.decrementAndGet());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		ProcessMeter.HTTP_CONNECTIONS.gauge(registry, this.open::get);
	}

}
