package lectern.streaming.server;

import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;
import lectern.web.log.LogQueue;
import reactor.netty.resources.LoopResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/** Meters of a process with an HTTP server. */
@AutoConfiguration
class ProcessMeterAutoConfiguration {

	/** What the services show as their version when they run from folders of classes. */
	private static final String DEVELOPMENT = "development";

	@Bean
	HttpConnectionCount httpConnectionCount() {
		return new HttpConnectionCount();
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> connectionCountCustomizer(HttpConnectionCount count) {
		return (factory) -> factory.addServerCustomizers(count);
	}

	@Bean
	EventLoopLagProbe httpEventLoopLag(ReactorResourceFactory resources, MeterRegistry registry) {
		return new EventLoopLagProbe(() -> resources.getLoopResources().onServer(LoopResources.DEFAULT_NATIVE),
				registry);
	}

	/** All channels use the default allocator. */
	@Bean
	MeterBinder nettyAllocatorMetrics() {
		return (registry) -> {
			new NettyAllocatorMetrics((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).bindTo(registry);
			ProcessMeter.DIRECT_MEMORY_LIMIT.gauge(registry, PlatformDependent::maxDirectMemory);
		};
	}

	@Bean
	MeterBinder droppedLogLines(ObjectProvider<LogQueue> queues) {
		return (registry) -> queues
			.forEach((queue) -> ProcessMeter.LOG_DROPPED.counter(registry, queue, LogQueue::dropped, queue.getName()));
	}

	@Bean
	MeterBinder buildInfo() {
		String version = getClass().getPackage().getImplementationVersion();
		return (registry) -> ProcessMeter.BUILD_INFO.gauge(registry, () -> 1,
				Objects.requireNonNullElse(version, DEVELOPMENT), Runtime.version().toString());
	}

}
