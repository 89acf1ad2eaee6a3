package lectern.progress.query;

import java.util.Set;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.representation.ReadingId;
import lectern.streaming.log.Cursor;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the history of a reading. It is read from the log itself. */
@RestController
class HistoryController {

	private final ReadingHistory history;

	private final StreamAliases aliases;

	private final EventLog log;

	HistoryController(ReadingHistory history, StreamAliases aliases, EventLog log) {
		this.history = history;
		this.aliases = aliases;
		this.log = log;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/readings/{reading}/history",
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<KeysetPage<HistoryEntry>>> history(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		KeysetPageRequest request = KeysetPageRequest.of(parameters, Set.of());
		UUID id = ReadingId.parse(reading);
		int before = beforeVersion(request, id);
		return this.log.cursor()
			.flatMap((now) -> this.aliases
				.search(id, (stream) -> this.history.findBefore(reader, stream, now, before, request.limit() + 1))
				.switchIfEmpty(Mono.error(ReadingId::notFound))
				.map((entries) -> ResponseEntity.ok()
					.header(Cursor.HEADER, now.toString())
					.body(request.page(entries, (entry) -> id + ":" + entry.version()))));
	}

	/**
	 * The page key contains the id of the reading: a version alone would be valid for
	 * every reading.
	 */
	private static int beforeVersion(KeysetPageRequest request, UUID reading) {
		String key = request.after();
		if (key == null) {
			return Integer.MAX_VALUE;
		}
		String version = key.startsWith(reading + ":") ? key.substring(key.indexOf(':') + 1) : "";
		if (!version.matches("[1-9][0-9]{0,8}")) {
			throw Problem.invalidParameter("page", "is not a page of this list; start without it");
		}
		return Integer.parseInt(version);
	}

}
