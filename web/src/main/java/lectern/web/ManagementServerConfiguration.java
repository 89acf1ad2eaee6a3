package lectern.web;

import java.util.concurrent.TimeUnit;

import io.netty.handler.timeout.WriteTimeoutHandler;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Configures the server of the management port. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementServerConfiguration {

	/**
	 * Disconnects a client that does not take its response, which would otherwise be kept
	 * for as long as the client is there.
	 */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> writeTimeoutCustomizer(ManagementSettings settings) {
		long millis = settings.writeTimeout().toMillis();
		return (factory) -> factory.addServerCustomizers((server) -> server.doOnChannelInit((_, channel,
				_) -> channel.pipeline().addFirst(new WriteTimeoutHandler(millis, TimeUnit.MILLISECONDS))));
	}

}
