package lectern.progress.query;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import lectern.progress.document.ForecastDocument;
import lectern.progress.document.ReadingId;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.Seen;
import lectern.streaming.Cursor;
import lectern.web.Parameters;

/** When a reading is likely to be finished, over HTTP. It is read from the log itself. */
@RestController
class ForecastController {

	private static final Set<String> PARAMETERS = Set.of(Seen.PARAMETER);

	private final EventLog log;

	private final ProjectionRunner view;

	private final Seen seen;

	private final Clock clock;

	ForecastController(EventLog log, ProjectionRunner currentReadingsRunner, Seen seen, Clock clock) {
		this.log = log;
		this.view = currentReadingsRunner;
		this.seen = seen;
		this.clock = clock;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/readings/{reading}/forecast",
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ForecastDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, PARAMETERS);
		UUID id = ReadingId.of(reading);
		// The cursor is asked for first: what is shown then is at least as new.
		return this.seen.await(parameters.getFirst(Seen.PARAMETER), this.view)
			.then(Mono.defer(this.log::cursor))
			.flatMap((cursor) -> this.log.load(id.toString())
				.collectList()
				.filter((events) -> !events.isEmpty() && events.getFirst().reader().equals(reader))
				.switchIfEmpty(Mono.error(ReadingId::unknown))
				.map((events) -> answer(events, cursor)));
	}

	private ResponseEntity<ForecastDocument> answer(List<StoredEvent> events, Cursor cursor) {
		ForecastDocument forecast = ForecastDocument.of(events, this.clock.instant());
		return ResponseEntity.ok()
			.eTag(tag(events.getLast().version(), forecast))
			.header(Cursor.HEADER, cursor.toString())
			.body(forecast);
	}

	/** As time goes by another is foreseen, though nothing happens to the reading. */
	private static String tag(int version, ForecastDocument forecast) {
		return "\"" + version + "-" + Long.toString(forecast.at().getEpochSecond() / 60, Character.MAX_RADIX) + "\"";
	}

}
