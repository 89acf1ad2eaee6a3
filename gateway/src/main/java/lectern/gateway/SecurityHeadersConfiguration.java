package lectern.gateway;

import lectern.web.SecurityHeaders;
import reactor.core.publisher.Mono;

import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * Adds {@link SecurityHeaders} to all that Spring answers, around every filter: some
 * requests are answered before they reach the filters of Spring Security. The short way
 * and the HTTP server add them themselves.
 */
@Configuration(proxyBeanMethods = false)
class SecurityHeadersConfiguration {

	@Bean
	WebHttpHandlerBuilderCustomizer securityHeadersCustomizer() {
		return (builder) -> builder.httpHandlerDecorator(SecurityHeadersConfiguration::withHeaders);
	}

	/** When it is committed, the response also has the headers of the service. */
	private static HttpHandler withHeaders(HttpHandler handler) {
		return (request, response) -> {
			response.beforeCommit(() -> Mono.fromRunnable(() -> addMissing(request, response)));
			return handler.handle(request, response);
		};
	}

	private static void addMissing(ServerHttpRequest request, ServerHttpResponse response) {
		HttpStatusCode status = response.getStatusCode();
		SecurityHeaders.addMissing(response.getHeaders(), ((status != null) ? status : HttpStatus.OK).value(),
				"https".equals(request.getURI().getScheme()));
	}

}
