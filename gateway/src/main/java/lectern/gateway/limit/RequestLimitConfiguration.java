package lectern.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.gateway.AccessKeyTokens;
import lectern.gateway.ProblemWriter;
import lectern.web.VerifiedTokenCache;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;

/** Configures the limits, and puts them before the ordinary way if it is the only one. */
@Configuration(proxyBeanMethods = false)
class RequestLimitConfiguration {

	@Bean
	RateLimiter rateLimiter() {
		return new SketchRateLimiter(System::nanoTime);
	}

	@Bean
	RequestLimiter requestLimiter(RequestLimitSettings settings, RateLimiter limiter, VerifiedTokenCache verifiedTokens,
			AccessKeyTokens keyTokens, ProblemWriter problems, MeterRegistry registry) {
		return new RequestLimiter(new RequestLimits(settings, limiter, registry),
				new VerifiedReaders(verifiedTokens, keyTokens), problems);
	}

	@Bean
	@ConditionalOnProperty(name = "lectern.relay.enabled", havingValue = "false")
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> ordinaryWayLimits(ObjectProvider<RequestLimiter> limiter,
			ObjectProvider<HttpHandler> ordinary) {
		return (server) -> server.addRouteProviders((routes) -> routes.route((_) -> true,
				limiter.getObject().limit(new ReactorHttpHandlerAdapter(ordinary.getObject()))));
	}

}
