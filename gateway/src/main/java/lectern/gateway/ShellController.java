package lectern.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the shell at the addresses of the pages, whatever the client accepts. Which page
 * it shows is decided in the browser.
 */
@RestController
class ShellController {

	static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final BuiltPages pages;

	ShellController(BuiltPages pages) {
		this.pages = pages;
	}

	/** A search was once at the address of the first page. */
	@GetMapping("/")
	ResponseEntity<byte[]> firstPage(ServerHttpRequest request) {
		return request.getQueryParams().containsKey("q") ? ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT)
			.location(URI.create("/books?" + request.getURI().getRawQuery()))
			.build() : page();
	}

	@GetMapping({ "/books", "/books/{id}", "/paths", "/paths/{id}", "/me", "/me/readings/{id}", "/me/year",
			"/me/account", "/now", "/operations", "/curate/books/{id}", "/curate/imports", "/sign-in" })
	ResponseEntity<byte[]> page() {
		byte[] shell = this.pages.shell();
		return ResponseEntity.ok()
			.contentType(HTML)
			.cacheControl(CacheControl.noCache())
			.eTag("\"" + DigestUtils.md5DigestAsHex(shell) + "\"")
			.body(shell);
	}

}
