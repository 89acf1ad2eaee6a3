package lectern.gateway.relay;

import java.util.concurrent.atomic.AtomicBoolean;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Answers 408 instead of 504 if the time for the response has passed while the client was
 * still sending its request: the service had no chance to respond. The short way, which
 * does the same, leaves no content to observe here.
 */
@Component
class StalledRequestFilter implements GlobalFilter, Ordered {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getHeaders().getContentLength() <= 0
				&& !request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
			return chain.filter(exchange);
		}
		AtomicBoolean waiting = new AtomicBoolean();
		ServerHttpRequest observed = new ServerHttpRequestDecorator(request) {

			@Override
			public Flux<DataBuffer> getBody() {
				return super.getBody().doOnSubscribe((_) -> waiting.set(true)).doOnComplete(() -> waiting.set(false));
			}

		};
		return chain.filter(exchange.mutate().request(observed).build())
			.onErrorMap((failure) -> waiting.get() && isTimeout(failure), (_) -> stalled());
	}

	/** Return the problem of a client that was too slow, on both ways. */
	static Problem stalled() {
		return Problem.of(ProblemType.STALLED, "The rest of the content did not arrive in time.");
	}

	private static boolean isTimeout(Throwable failure) {
		return failure instanceof ResponseStatusException response
				&& response.getStatusCode() == HttpStatus.GATEWAY_TIMEOUT;
	}

	/** Runs within the filter that blames the service for a timeout. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE + 1;
	}

}
