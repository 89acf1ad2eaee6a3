package lectern.gateway;

import java.nio.file.Path;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that serves the sources of the pages, for somebody who works on them. */
@NullUnmarked
class PageSourcesIntegrationTests extends GatewayFixture {

	@DynamicPropertySource
	static void sources(DynamicPropertyRegistry properties) {
		properties.add("lectern.pages.sources",
				() -> Path.of("..", "pages", "src", "main", "web").toAbsolutePath().normalize());
	}

	@Test
	void shellAndFilesAreThoseOfTheSources() {
		String shell = text("/books");

		assertThat(shell).contains("src=\"/assets/app/main.js\"", "href=\"/assets/styles/index.css\"",
				"href=\"/assets/lectern.svg\"", "\"lit\":\"/assets/lib/lit-element.");
		assertThat(text("/assets/app/main.js")).startsWith("//").contains("import { ");
		assertThat(text("/assets/lectern.svg")).contains("<svg");
		String library = shell.substring(shell.indexOf("/assets/lib/lit-html."));
		assertThat(text(library.substring(0, library.indexOf('"')))).contains("lit");
	}

	@Test
	void policyAllowsTheImportMapOfTheSources() {
		String policy = this.client.get()
			.uri("/")
			.exchange()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Content-Security-Policy");

		assertThat(policy).startsWith("default-src 'none'; script-src 'self' 'sha256-")
			.contains("require-trusted-types-for 'script'");
	}

	private String text(String path) {
		return this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("Cache-Control", "no-.*")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
