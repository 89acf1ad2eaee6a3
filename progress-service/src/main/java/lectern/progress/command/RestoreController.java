package lectern.progress.command;

import java.time.Clock;
import java.util.UUID;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import lectern.progress.document.ReadingId;
import lectern.progress.log.EventLog;
import lectern.progress.log.Moment;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;

/** Takes a reading back to where it was. */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class RestoreController {

	private final Readings readings;

	private final EventLog log;

	private final Clock clock;

	private final Idempotency idempotency;

	RestoreController(Readings readings, EventLog log, Clock clock, Idempotency idempotency) {
		this.readings = readings;
		this.log = log;
		this.clock = clock;
		this.idempotency = idempotency;
	}

	@PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<String>> restore(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody Mono<RestoreContent> content) {
		UUID id = ReadingId.of(reading);
		return content.flatMap((restore) -> this.idempotency.once(request, reader, restore,
				(keeping) -> restore(reader, id, ifMatch, restore, keeping),
				(Outcome outcome) -> outcome.answer().body(RestoreAnswer.of(outcome))));
	}

	private Mono<Outcome> restore(String reader, UUID reading, @Nullable String ifMatch, RestoreContent restore,
			Keeping<Outcome> keeping) {
		return this.log.cursor()
			.map((latest) -> restore.moment(latest, this.clock.instant()))
			.flatMap((moment) -> then(reading, moment))
			.flatMap((then) -> this.readings.obey(reading, Condition.ifSaid(ifMatch),
					(receivedAt) -> restore.by(reader, receivedAt, (_) -> then), keeping));
	}

	/**
	 * The past does not change, so it need not be read again when others come in between.
	 */
	private Mono<Reading> then(UUID reading, Moment moment) {
		return this.log.load(reading.toString())
			.filter(moment::isAtOrAfter)
			.reduce(Reading.NOTHING_YET,
					(before, event) -> ReadingDecider.evolve(before, (ReadingEvent) event.payload()));
	}

}
