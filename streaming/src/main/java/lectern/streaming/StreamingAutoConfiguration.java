package lectern.streaming;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Gives a service what its streams share. */
@AutoConfiguration
@EnableConfigurationProperties(StreamSettings.class)
public class StreamingAutoConfiguration {

	/** What the kernel keeps for a client that does not read: then it says so. */
	private static final long MOST_UNSENT = 128L * 1024;

	@Bean
	Pulse pulse() {
		return new Pulse(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
	}

	@Bean
	Streams streams(StreamSettings settings, Pulse pulse, MeterRegistry registry) {
		return new Streams(settings, pulse, registry);
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> boundedKernel() {
		return (factory) -> factory
			.addServerCustomizers((server) -> Epoll.isAvailable() ? server.childOption(ChannelOption.SO_KEEPALIVE, true)
				.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, MOST_UNSENT) : server);
	}

}
