package lectern.streaming.server;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import lectern.web.RevokedSessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Beans that all streams of a service share. */
@AutoConfiguration
@EnableConfigurationProperties({ StreamSettings.class, LifecycleProperties.class })
public class StreamingAutoConfiguration {

	/**
	 * The unsent bytes per connection that the kernel buffers before it is not writable.
	 */
	private static final long MAX_UNSENT_BYTES = 128L * 1024;

	@Bean
	ConnectionTicker connectionTicker(StreamSettings settings, RevokedSessions revokedSessions) {
		return new ConnectionTicker(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), settings.maxAge(),
				revokedSessions);
	}

	@Bean
	SseServer sseServer(StreamSettings settings, ConnectionTicker connectionTicker, MeterRegistry registry,
			LifecycleProperties lifecycle, ObjectProvider<StreamEndListener> endListener) {
		settings.requireDrainWithin(lifecycle.getTimeoutPerShutdownPhase());
		return new SseServer(settings, connectionTicker, registry,
				endListener.getIfAvailable(() -> StreamEndListener.NONE));
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> tcpSettingsCustomizer() {
		return (factory) -> factory
			.addServerCustomizers((server) -> Epoll.isAvailable() ? server.childOption(ChannelOption.SO_KEEPALIVE, true)
				.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES) : server);
	}

}
