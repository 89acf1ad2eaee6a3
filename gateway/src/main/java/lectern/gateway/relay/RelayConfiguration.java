package lectern.gateway.relay;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import lectern.gateway.AccessKeyTokens;
import lectern.gateway.ProblemWriter;
import lectern.gateway.limit.RequestLimiter;
import lectern.gateway.stream.StreamPaths;
import lectern.gateway.upstream.UpstreamServices;
import lectern.web.VerifiedTokenCache;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.headers.RemoveHopByHopHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;

/** Puts the short way before the ordinary one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "lectern.relay.enabled", havingValue = "true", matchIfMissing = true)
class RelayConfiguration {

	@Bean
	RelayRoutes relayRoutes(GatewayProperties properties, StreamPaths streams) {
		return RelayRoutes.of(properties, streams.paths());
	}

	@Bean
	ServiceEndpoints serviceEndpoints(HttpClientProperties client, MeterRegistry registry) {
		return new ServiceEndpoints(RelayTimeouts.of(client), registry);
	}

	@Bean
	ServiceCaller serviceCaller(UpstreamServices services, ServiceEndpoints endpoints, HttpClientProperties client) {
		return new ServiceCaller(services, endpoints, RelayTimeouts.of(client));
	}

	@Bean
	RelayHandler relayHandler(RelayRoutes routes, VerifiedTokenCache verifiedTokens, AccessKeyTokens keyTokens,
			ServiceCaller caller, GatewayProperties properties, RemoveHopByHopHeadersFilter hopByHop,
			MeterRegistry registry, ProblemWriter problems, ObjectProvider<OpenTelemetry> telemetry,
			HttpHandler ordinary) {
		return new RelayHandler(routes, new RelayAdmission(verifiedTokens, keyTokens),
				new RelayedHeaders(properties, hopByHop.getHeaders()), caller, problems, new RelayMeters(registry),
				new RelayTracing(telemetry.getIfAvailable(OpenTelemetry::noop)),
				new ReactorHttpHandlerAdapter(ordinary));
	}

	/** The server asks for its routes when it starts, after all beans were created. */
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> relayCustomizer(ObjectProvider<RelayHandler> handler,
			ObjectProvider<RequestLimiter> limiter) {
		return (server) -> server
			.addRouteProviders((routes) -> routes.route((_) -> true, limiter.getObject().limit(handler.getObject())));
	}

}
