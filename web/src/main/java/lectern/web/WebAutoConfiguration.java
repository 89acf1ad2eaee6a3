package lectern.web;

import java.net.URI;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;

import io.micrometer.observation.ObservationPredicate;
import io.r2dbc.spi.R2dbcException;
import jakarta.validation.Validator;
import lectern.web.Http2RequestGuard.HeadLimits;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyServerProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationConfigurationCustomizer;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;

/** Configures strict JSON, problems, request ids and token checks for every service. */
@AutoConfiguration(before = ReactiveOAuth2ResourceServerAutoConfiguration.class)
@EnableConfigurationProperties({ TokenSettings.class, ServiceAddresses.class, ManagementSettings.class,
		ServerPortSettings.class, ManagementPortSettings.class, HttpRequestSettings.class })
public class WebAutoConfiguration {

	private static final Pattern STREAM_PATH = Pattern.compile("/(events|replay)$");

	@Bean
	StrictJsonCustomizer strictJsonCustomizer() {
		return new StrictJsonCustomizer();
	}

	@Bean
	RequestIdFilter requestIdFilter() {
		return new RequestIdFilter();
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> httpServerGuardCustomizer(JsonMapper mapper,
			ServerProperties server, NettyServerProperties netty, HttpRequestSettings settings,
			ObjectProvider<AllowedHosts> hosts, ObjectProvider<FloodingAddresses> flooding) {
		HeadLimits limits = new HeadLimits(netty.getMaxInitialLineLength(), server.getMaxHttpRequestHeaderSize());
		HttpServerGuardCustomizer guards = new HttpServerGuardCustomizer(mapper, limits,
				hosts.getIfAvailable(() -> new AllowedHosts(Set.of())), settings.headTimeout(),
				flooding.getIfAvailable());
		return (factory) -> factory.addServerCustomizers(guards);
	}

	@Bean
	OptionsFilter optionsFilter() {
		return new OptionsFilter();
	}

	@Bean
	CompressionFilter compressionFilter() {
		return new CompressionFilter();
	}

	@Bean
	WebFluxRegistrations apiHandlerRegistrations() {
		return new WebFluxRegistrations() {

			@Override
			public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
				return new ControllerMethodInvoker();
			}

		};
	}

	/** Only for the content of requests, not for what this service fetches. */
	@Bean
	WebFluxConfigurer documentDecoderConfigurer(JsonMapper mapper, Validator validator) {
		return new WebFluxConfigurer() {

			@Override
			public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
				configurer.defaultCodecs()
					.jacksonJsonDecoder(new DocumentDecoder(mapper, new DocumentViolations(mapper, validator)));
			}

		};
	}

	@Bean
	WebFluxConfigurer acceptHeaderConfigurer() {
		return new WebFluxConfigurer() {

			@Override
			public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
				builder.resolver(new AcceptHeader());
			}

		};
	}

	@Bean
	ValidationConfigurationCustomizer validationMessageInterpolatorCustomizer() {
		return (configuration) -> configuration.messageInterpolator(new ValidationMessageInterpolator());
	}

	/**
	 * Excludes streams from the timings of requests: a stream lasts for minutes and would
	 * distort the statistics.
	 */
	@Bean
	ObservationPredicate streamObservationPredicate() {
		return (_,
				context) -> !(context instanceof ServerRequestObservationContext request
						&& request.getCarrier() instanceof ServerHttpRequest carrier
						&& STREAM_PATH.matcher(carrier.getPath().value()).find());
	}

	/**
	 * Disables the observation of each security filter, which was measured to take longer
	 * than the filters themselves.
	 */
	@Bean
	SecurityObservationSettings noSecurityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	RevokedSessions revokedSessions() {
		return new RevokedSessions(Clock.systemUTC());
	}

	@Bean
	VerifiedTokenCache verifiedTokenCache(RevokedSessions revokedSessions) {
		return new VerifiedTokenCache(Clock.systemUTC(), revokedSessions);
	}

	/**
	 * Lets requests with any method pass, so that one that no resource has is not allowed
	 * (405), like any other that a resource does not have. By default it would be
	 * malformed.
	 */
	@Bean
	StrictServerWebExchangeFirewall requestFirewall() {
		StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
		firewall.setUnsafeAllowAnyHttpMethod(true);
		return firewall;
	}

	/**
	 * Answers a request that Spring Security's firewall rejects, for example a path with
	 * dot segments, as malformed.
	 */
	@Bean
	ServerExchangeRejectedHandler rejectedExchangeHandler() {
		return (_, _) -> Mono
			.error(Problem.of(ProblemType.MALFORMED, "The path or a header has a form that is not allowed. "
					+ "Use a path without dot segments, double slashes and semicolons."));
	}

	@Bean
	ProblemHandler problemHandler(JsonMapper mapper) {
		return new ProblemHandler(new ProblemTranslation(), mapper);
	}

	/** Applies to services that verify tokens with the keys of somebody else. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("lectern.progress.url")
	@ConditionalOnMissingBean(ReactiveJwtDecoder.class)
	static class TokenKeysConfiguration {

		@Bean
		TokenKeys tokenKeys(TokenSettings settings, ServiceAddresses services) {
			OidcSettings oidc = settings.oidc();
			URI keysUrl = settings.keysUrl();
			return (oidc != null) ? TokenKeys.of(oidc, Clock.systemUTC())
					: new TokenKeys(
							(keysUrl != null) ? JwkSetSource.at(keysUrl.toString())
									: JwkSetSource.of(new RotatingAddress(services.progress().url())),
							Clock.systemUTC());
		}

		@Bean
		TokenKeyRefresher tokenKeyRefresher(TokenKeys keys, TokenSettings settings) {
			return new TokenKeyRefresher(keys, new JwkSetFile(settings.folder()));
		}

		@Bean
		ReactiveJwtDecoder jwtDecoder(TokenKeys keys, TokenSettings settings) {
			return TokenDecoders.create(keys, settings, Clock.systemUTC());
		}

	}

	/** Applies to services with a database. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ R2dbcException.class, DataAccessException.class, CannotCreateTransactionException.class })
	static class DatabaseConfiguration {

		@Bean
		DatabaseExceptionTranslator databaseExceptionTranslator() {
			return new DatabaseExceptionTranslator();
		}

		/** The gateway has no need of it: it answers a service's silence itself. */
		@Bean
		AbandonedRequestFilter abandonedRequestFilter() {
			return new AbandonedRequestFilter();
		}

	}

}
