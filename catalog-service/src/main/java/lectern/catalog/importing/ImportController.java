package lectern.catalog.importing;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import lectern.catalog.importing.markdown.ListLanguage;
import lectern.catalog.importing.markdown.PlainText;
import lectern.catalog.change.ChangeLog;
import lectern.streaming.Cursor;
import lectern.web.Page;
import lectern.web.PageRequest;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Imports over HTTP. */
@RestController
@RequestMapping(path = ImportController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ImportController {

	static final String PATH = "/api/v1/imports";

	private static final Set<String> PARAMETERS = Set.of("language", "source");

	private static final int LONGEST_SOURCE = 500;

	private final RunningImports running;

	private final Imports imports;

	private final ChangeLog changes;

	ImportController(RunningImports running, Imports imports, ChangeLog changes) {
		this.running = running;
		this.imports = imports;
		this.changes = changes;
	}

	@PostMapping(consumes = MediaType.TEXT_MARKDOWN_VALUE)
	Mono<ResponseEntity<Import>> read(@RequestParam MultiValueMap<String, String> parameters,
			ServerHttpRequest request) {
		requireUtf8(request);
		requireKnown(parameters);
		String source = source(parameters.getFirst("source"));
		String given = parameters.getFirst("language");
		String language = (given != null) ? language(given) : ListLanguage.of(source);
		// The cursor is taken last: all that the import wrote is before it.
		return this.running.run(language, source, request.getBody())
			.zipWhen((_) -> this.changes.cursor(),
					(done, cursor) -> ResponseEntity.created(URI.create(PATH + "/" + done.id()))
						.header(Cursor.HEADER, cursor.toString())
						.body(done));
	}

	@GetMapping
	Mono<Page<Import>> list(@RequestParam MultiValueMap<String, String> parameters) {
		return this.imports.page(PageRequest.of(parameters, Set.of()));
	}

	@GetMapping("/{id}")
	Mono<Import> get(@PathVariable String id) {
		return this.imports.find(id)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "There is no import of this id.")));
	}

	private static void requireUtf8(ServerHttpRequest request) {
		MediaType type = request.getHeaders().getContentType();
		Charset charset = (type != null) ? type.getCharset() : null;
		if (charset != null && !charset.equals(StandardCharsets.UTF_8)) {
			throw new UnsupportedMediaTypeStatusException(type,
					List.of(new MediaType(MediaType.TEXT_MARKDOWN, StandardCharsets.UTF_8)));
		}
	}

	private static void requireKnown(MultiValueMap<String, String> parameters) {
		parameters.forEach((name, values) -> {
			if (!PARAMETERS.contains(name)) {
				throw Problem.parameter(name, "is not known here");
			}
			if (values.size() > 1) {
				throw Problem.parameter(name, "is given more than once");
			}
		});
	}

	private static @Nullable String source(@Nullable String source) {
		if (source != null && (source.isBlank() || source.length() > LONGEST_SOURCE
				|| !PlainText.printable(source, LONGEST_SOURCE).equals(source))) {
			throw Problem.parameter("source", "must be a name or URL of 1 to " + LONGEST_SOURCE + " characters");
		}
		return source;
	}

	private static String language(String tag) {
		try {
			String language = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
			if (!language.equals("und")) {
				return language;
			}
		}
		catch (IllformedLocaleException _) {
			// Said below.
		}
		throw Problem.parameter("language", "must be a BCP 47 language tag, as en or pt-BR");
	}

}
