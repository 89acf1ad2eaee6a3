package lectern.catalog.change;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import lectern.streaming.live.Hub;
import lectern.streaming.live.StreamFilter;
import lectern.streaming.log.EventReader;
import lectern.streaming.server.RequestedStart;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** The stream of the changes of the catalog, each sent as soon as it is committed. */
@RestController
class ChangeStreamController {

	static final String PATH = "/api/v1/catalog/events";

	private static final Set<String> PARAMETERS = Set.of("types", "book", RequestedStart.AFTER,
			RequestedStart.LAST_EVENT_ID);

	private static final Set<String> TYPES = Set.of("book-added", "book-changed", "book-removed", "path-added",
			"path-changed", "path-removed");

	private final Hub<CatalogChange> hub;

	private final ChangeLog log;

	ChangeStreamController(Hub<CatalogChange> hub, ChangeLog log) {
		this.hub = hub;
		this.log = log;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> changes(@RequestParam MultiValueMap<String, String> parameters, ServerWebExchange exchange) {
		QueryParameters.requireKnown(parameters, PARAMETERS);
		String book = parameters.getFirst("book");
		String types = parameters.getFirst("types");
		if (book == null && types == null) {
			return this.hub.serve(exchange, null, StreamFilter.all(this.log.readAll()));
		}
		Predicate<CatalogChange> wanted = ofTypes(types).and(ofBook(book));
		EventReader<CatalogChange> past = (book != null) ? this.log.readBySubject(book) : this.log.readAll();
		return this.hub.serve(exchange, null, StreamFilter.where(wanted, past));
	}

	private static Predicate<CatalogChange> ofTypes(@Nullable String types) {
		if (types == null) {
			return (_) -> true;
		}
		List<String> wanted = Arrays.asList(types.split(",", -1));
		if (!TYPES.containsAll(wanted)) {
			throw Problem.invalidParameter("types",
					"must be one or more of " + TYPES.stream().sorted().toList() + ", separated by commas");
		}
		return (change) -> wanted.contains(change.type());
	}

	private static Predicate<CatalogChange> ofBook(@Nullable String book) {
		if (book == null) {
			return (_) -> true;
		}
		if (!book.matches("[a-z0-9-]{1,80}")) {
			throw Problem.invalidParameter("book", "must be the id of a book");
		}
		return (change) -> change.subject().equals(book) && change.type().startsWith("book-");
	}

}
