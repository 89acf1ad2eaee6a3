package lectern.gateway;

import lectern.web.SecurityHeaders;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Adds the policy of pages: browsers then load scripts, styles and images only as files
 * of this origin and run no inline code. Responses of the API and the keys of tokens are
 * no pages. What browsers are told by every response is in {@link SecurityHeaders}.
 *
 * <p>
 * Swagger UI, the viewer of the API, makes markup of text, so its page alone has no
 * Trusted Types.
 */
@Component
class PageHeadersFilter implements WebFilter {

	private static final String VIEWER_POLICY = String.join("; ", "default-src 'none'", "script-src 'self'",
			"style-src 'self'", "img-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
			"frame-ancestors 'none'");

	private final BuiltPages pages;

	PageHeadersFilter(BuiltPages pages) {
		this.pages = pages;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getPath().value();
		if (!path.startsWith("/api/") && !path.startsWith("/.well-known/")) {
			exchange.getResponse()
				.getHeaders()
				.set("Content-Security-Policy", isOfViewer(path) ? VIEWER_POLICY : this.pages.policy());
		}
		return chain.filter(exchange);
	}

	private static boolean isOfViewer(String path) {
		return path.equals(DocsPageController.PATH) || path.startsWith(DocsPageController.PATH + "/")
				|| path.startsWith("/webjars/");
	}

}
