package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.representation.ReadingId;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Evaluates commands without storing anything. */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class WhatIfController {

	private final EventLog log;

	private final Clock clock;

	WhatIfController(EventLog log, Clock clock) {
		this.log = log;
		this.clock = clock;
	}

	@PostMapping(path = "/what-if", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<WhatIfResponse>> evaluate(@PathVariable String reader, @PathVariable String reading,
			@Valid @RequestBody Mono<WhatIfRequest> body) {
		UUID id = ReadingId.parse(reading);
		// The cursor is read first, so that the events are at least as new as the cursor.
		return body.flatMap((whatIf) -> this.log.cursor()
			.flatMap((cursor) -> this.log.load(id.toString())
				.collectList()
				.filter((past) -> !past.isEmpty() && past.getFirst().reader().equals(reader))
				.switchIfEmpty(Mono.error(ReadingId::notFound))
				.map((past) -> ResponseEntity.ok()
					.header(Cursor.HEADER, cursor.toString())
					.body(response(reader, whatIf.commands(), past, cursor)))));
	}

	private WhatIfResponse response(String reader, List<ReadingCommandRequest> commands, List<StoredEvent> past,
			Cursor cursor) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		WhatIfEvaluation evaluation = new WhatIfEvaluation(past, now);
		for (int number = 0; number < commands.size(); number++) {
			try {
				evaluation.evaluate(commands.get(number)
					.toCommand(reader, now, (restore) -> evaluation.readingAt(restore.pointInTime(cursor, now))));
			}
			catch (Problem problem) {
				throw problem.within("/commands/" + number);
			}
		}
		return evaluation.response();
	}

}
