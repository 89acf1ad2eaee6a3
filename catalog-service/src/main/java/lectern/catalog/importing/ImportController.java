package lectern.catalog.importing;

import java.net.URI;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

import lectern.catalog.change.ChangeLog;
import lectern.catalog.importing.booklist.ListLanguage;
import lectern.catalog.importing.booklist.TextSanitizer;
import lectern.streaming.log.Cursor;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.LineContent;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import lectern.web.RevokedSessions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The HTTP API of the imports. */
@RestController
@RequestMapping(path = ImportController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ImportController {

	static final String PATH = "/api/v1/imports";

	private static final int MAX_SOURCE_LENGTH = 500;

	private final RunningImports running;

	private final LineReaderFactory readers;

	private final ImportReports reports;

	private final ChangeLog changes;

	private final RevokedSessions revokedSessions;

	ImportController(RunningImports running, LineReaderFactory readers, ImportReports reports, ChangeLog changes,
			RevokedSessions revokedSessions) {
		this.running = running;
		this.readers = readers;
		this.reports = reports;
		this.changes = changes;
		this.revokedSessions = revokedSessions;
	}

	@PostMapping(consumes = MediaType.TEXT_MARKDOWN_VALUE)
	Mono<ResponseEntity<ImportReport>> list(@RequestParam MultiValueMap<String, String> parameters,
			JwtAuthenticationToken signedIn, ServerHttpRequest request) {
		LineContent.requirePlainUtf8(request);
		QueryParameters query = QueryParameters.of(parameters, Set.of("language", "source"));
		String source = query.read("source", ImportController::source);
		String tagged = query.read("language", ImportController::language);
		query.requireValid();
		String language = (tagged != null) ? tagged : ListLanguage.of(source);
		return run(this.readers.list(language), language, source, signedIn, request);
	}

	@PostMapping(consumes = MediaType.APPLICATION_NDJSON_VALUE)
	Mono<ResponseEntity<ImportReport>> documents(@RequestParam MultiValueMap<String, String> parameters,
			JwtAuthenticationToken signedIn, ServerHttpRequest request) {
		LineContent.requirePlainUtf8(request);
		QueryParameters query = QueryParameters.of(parameters, Set.of("source"));
		String source = query.read("source", ImportController::source);
		query.requireValid();
		return run(this.readers.documents(), null, source, signedIn, request);
	}

	private Mono<ResponseEntity<ImportReport>> run(LineReader reader, @Nullable String language,
			@Nullable String source, JwtAuthenticationToken signedIn, ServerHttpRequest request) {
		Flux<DataBuffer> body = this.revokedSessions.untilEnd(request.getBody(), signedIn.getToken());
		// The cursor is read last, so that it covers all changes of the import.
		return this.running.run(reader, language, source, body)
			.zipWhen((_) -> this.changes.cursor(),
					(report, cursor) -> ResponseEntity.created(URI.create(PATH + "/" + report.id()))
						.header(Cursor.HEADER, cursor.toString())
						.body(report));
	}

	@GetMapping
	Mono<KeysetPage<ImportReport>> page(@RequestParam MultiValueMap<String, String> parameters) {
		return this.reports.page(KeysetPageRequest.of(parameters, Set.of()));
	}

	@GetMapping("/{id}")
	Mono<ImportReport> get(@PathVariable String id) {
		return this.reports.find(id)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "There is no import with this id.")));
	}

	private static String source(String source) {
		if (source.isBlank() || source.length() > MAX_SOURCE_LENGTH
				|| !TextSanitizer.printable(source, MAX_SOURCE_LENGTH).equals(source)) {
			throw Problem.invalidParameter("source",
					"must be a name or URL of 1 to " + MAX_SOURCE_LENGTH + " characters");
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
			// Reported below.
		}
		throw Problem.invalidParameter("language", "must be a BCP 47 language tag, such as en or pt-BR");
	}

}
