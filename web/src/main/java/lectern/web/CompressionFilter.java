package lectern.web;

import java.util.List;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Compresses responses of at least 1 KiB whose length is known, which streams never have.
 * The entity tag stays the same: it is the version of a resource, whatever its coding.
 *
 * <p>
 * The compression of the HTTP server is not used: once it has compressed a response, its
 * handler stays on the connection, where a stream that writes to the channel follows.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
final class CompressionFilter implements WebFilter {

	private static final List<MediaType> COMPRESSIBLE = List.of(MediaType.APPLICATION_JSON,
			new MediaType("application", "*+json"), MediaType.valueOf("text/html"), MediaType.valueOf("text/css"),
			MediaType.valueOf("text/javascript"), MediaType.valueOf("text/plain"), MediaType.valueOf("image/svg+xml"));

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (exchange.getRequest().getHeaders().containsHeader(HttpHeaders.IF_NONE_MATCH)) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> varyIfNotModified(exchange)));
		}
		return chain.filter(exchange.mutate().response(new CompressedResponse(exchange)).build());
	}

	/** A cache updates the headers that it has stored by those of this response. */
	private static void varyIfNotModified(ServerWebExchange exchange) {
		if (exchange.getResponse().getStatusCode() == HttpStatus.NOT_MODIFIED && hasHandler(exchange)) {
			exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
		}
	}

	/**
	 * What a service has answered to the gateway has no handler here, and the service has
	 * compressed it.
	 */
	private static boolean hasHandler(ServerWebExchange exchange) {
		return exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) != null;
	}

	private static final class CompressedResponse extends ServerHttpResponseDecorator {

		private final ServerWebExchange exchange;

		CompressedResponse(ServerWebExchange exchange) {
			super(exchange.getResponse());
			this.exchange = exchange;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			if (!isCompressible(getDelegate())) {
				return super.writeWith(body);
			}
			getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
			return isGzipAccepted() ? super.writeWith(DataBufferUtils.join(body).map(this::compress))
					: super.writeWith(body);
		}

		/** Files are not written for HEAD, so their compressed length is not known. */
		@Override
		public Mono<Void> setComplete() {
			if (this.exchange.getRequest().getMethod() == HttpMethod.HEAD && isCompressible(getDelegate())) {
				getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
				if (isGzipAccepted()) {
					getHeaders().set(HttpHeaders.CONTENT_ENCODING, ContentCompression.GZIP);
					beforeCommit(() -> Mono.fromRunnable(() -> getHeaders().remove(HttpHeaders.CONTENT_LENGTH)));
				}
			}
			return super.setComplete();
		}

		private boolean isGzipAccepted() {
			return ContentCompression
				.isAccepted(this.exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_ENCODING));
		}

		private DataBuffer compress(DataBuffer buffer) {
			byte[] content = new byte[buffer.readableByteCount()];
			buffer.read(content);
			DataBufferUtils.release(buffer);
			byte[] compressed = ContentCompression.compress(content);
			getHeaders().set(HttpHeaders.CONTENT_ENCODING, ContentCompression.GZIP);
			getHeaders().setContentLength(compressed.length);
			return bufferFactory().wrap(compressed);
		}

		private boolean isCompressible(ServerHttpResponse response) {
			HttpHeaders headers = response.getHeaders();
			return hasHandler(this.exchange) && headers.getContentLength() >= ContentCompression.MIN_LENGTH
					&& !headers.containsHeader(HttpHeaders.CONTENT_ENCODING)
					&& response.getStatusCode() != HttpStatus.PARTIAL_CONTENT && hasCompressibleType(headers);
		}

		private static boolean hasCompressibleType(HttpHeaders headers) {
			try {
				MediaType type = headers.getContentType();
				return type != null && COMPRESSIBLE.stream().anyMatch((known) -> known.includes(type));
			}
			catch (InvalidMediaTypeException _) {
				return false;
			}
		}

	}

}
