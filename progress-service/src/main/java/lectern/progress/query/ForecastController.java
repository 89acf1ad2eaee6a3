package lectern.progress.query;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ForecastResponse;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import lectern.streaming.log.Cursor;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves the forecast of a reading. It is computed from the log itself. */
@RestController
class ForecastController {

	private static final Set<String> PARAMETERS = Set.of(ReadYourWrites.PARAMETER);

	private final EventLog log;

	private final StreamAliases aliases;

	private final ReadYourWrites readYourWrites;

	private final Clock clock;

	ForecastController(EventLog log, StreamAliases aliases, ReadYourWrites readYourWrites, Clock clock) {
		this.log = log;
		this.aliases = aliases;
		this.readYourWrites = readYourWrites;
		this.clock = clock;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/readings/{reading}/forecast",
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ForecastResponse>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, PARAMETERS);
		UUID id = ReadingId.parse(reading);
		// The cursor is read first, so that the content is at least as new as the cursor.
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), CurrentReadings.NAME)
			.then(Mono.defer(this.log::cursor))
			.flatMap((cursor) -> this.aliases.search(id, (stream) -> load(reader, stream))
				.switchIfEmpty(Mono.error(ReadingId::notFound))
				.map((events) -> toResponse(events, cursor)));
	}

	/** All events of a reading of this reader, or empty. */
	private Mono<List<StoredEvent>> load(String reader, UUID reading) {
		return this.log.load(reading.toString())
			.collectList()
			.filter((events) -> !events.isEmpty() && events.getFirst().reader().equals(reader));
	}

	private ResponseEntity<ForecastResponse> toResponse(List<StoredEvent> events, Cursor cursor) {
		ReadingDocument.of(events).requireNotRemoved();
		ForecastResponse forecast = ForecastResponse.of(events, this.clock.instant());
		return ResponseEntity.ok()
			.eTag(entityTag(events.getLast().version(), forecast))
			.header(Cursor.HEADER, cursor.toString())
			.body(forecast);
	}

	/**
	 * The forecast changes with time even without events, so the tag contains the minute.
	 */
	private static String entityTag(int version, ForecastResponse forecast) {
		return "\"" + version + "-" + Long.toString(forecast.at().getEpochSecond() / 60, Character.MAX_RADIX) + "\"";
	}

}
