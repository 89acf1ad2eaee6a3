package lectern.gateway;

import java.util.List;

import lectern.web.ContentCompression;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Answers 404 with the shell, which then shows that there is no such page, if a person
 * asks with a browser. Programs and requests of the API get a problem document.
 */
@Component
@Order(-3)
class NotFoundPageHandler implements WebExceptionHandler {

	/** Below these are resources for programs. */
	private static final List<String> NO_PAGES = List.of("/api/", "/assets/", "/webjars/", "/.well-known/");

	private final BuiltPages pages;

	NotFoundPageHandler(BuiltPages pages) {
		this.pages = pages;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		return isNotFound(failure) && isForPage(exchange.getRequest()) && !exchange.getResponse().isCommitted()
				? write(exchange) : Mono.error(failure);
	}

	private static boolean isNotFound(Throwable failure) {
		return switch (failure) {
			case Problem problem -> problem.type().status() == HttpStatus.NOT_FOUND;
			case ResponseStatusException status -> status.getStatusCode() == HttpStatus.NOT_FOUND;
			default -> false;
		};
	}

	private static boolean isForPage(ServerHttpRequest request) {
		String path = request.getPath().value();
		return NO_PAGES.stream().noneMatch(path::startsWith) && acceptsHtml(request);
	}

	/** A browser names the type; a program that accepts everything does not. */
	private static boolean acceptsHtml(ServerHttpRequest request) {
		try {
			return request.getHeaders()
				.getAccept()
				.stream()
				.anyMatch((range) -> range.equalsTypeAndSubtype(MediaType.TEXT_HTML) && range.getQualityValue() > 0);
		}
		catch (InvalidMediaTypeException _) {
			return false;
		}
	}

	/** This response is outside of the filter that compresses others. */
	private Mono<Void> write(ServerWebExchange exchange) {
		byte[] shell = this.pages.shell();
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.NOT_FOUND);
		response.getHeaders().setContentType(ShellController.HTML);
		response.getHeaders().setCacheControl("no-store");
		boolean compressed = ContentCompression
			.isAccepted(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING));
		if (compressed) {
			response.getHeaders().set(HttpHeaders.CONTENT_ENCODING, ContentCompression.GZIP);
		}
		DataBuffer buffer = response.bufferFactory().wrap(compressed ? ContentCompression.compress(shell) : shell);
		response.getHeaders().setContentLength(buffer.readableByteCount());
		return response.writeWith(Mono.just(buffer));
	}

}
