package lectern.gateway;

import java.io.IOException;
import java.util.Properties;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves a page on which the API can be read and tried. Its viewer is Swagger UI, which
 * runs under a strict policy: no code in the page itself, and nothing of other origins.
 */
@RestController
class DocsPageController {

	static final String PATH = "/docs";

	private static final String VIEWER = "/webjars/swagger-ui/" + version();

	private final String icon;

	DocsPageController(BuiltPages pages) {
		this.icon = pages.icon();
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
	String page() {
		return """
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>API · Lectern</title>
				<link rel="icon" href="%2$s">
				<link rel="stylesheet" href="%1$s/swagger-ui.css">
				<script src="%1$s/swagger-ui-bundle.js" defer></script>
				<script src="/docs/docs.js" defer></script>
				</head>
				<body>
				<main id="docs"></main>
				<noscript>The <a href="/api/v1/openapi.json">OpenAPI document</a> describes the API.</noscript>
				</body>
				</html>
				""".formatted(VIEWER, this.icon);
	}

	/** The files of a library are below its version. */
	private static String version() {
		try {
			Properties library = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties"));
			return library.getProperty("version");
		}
		catch (IOException ex) {
			throw new IllegalStateException("Swagger UI is missing", ex);
		}
	}

}
