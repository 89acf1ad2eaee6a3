package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import lectern.progress.document.ReadingId;
import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Cursor;
import lectern.web.Problem;

/** Tells what commands would lead to; nothing happens. */
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
	Mono<ResponseEntity<WhatIfAnswer>> ask(@PathVariable String reader, @PathVariable String reading,
			@Valid @RequestBody Mono<WhatIfContent> content) {
		UUID id = ReadingId.of(reading);
		// The cursor is asked for first: what is decided on is at least as new.
		return content.flatMap((asked) -> this.log.cursor()
			.flatMap((cursor) -> this.log.load(id.toString())
				.collectList()
				.filter((past) -> !past.isEmpty() && past.getFirst().reader().equals(reader))
				.switchIfEmpty(Mono.error(ReadingId::unknown))
				.map((past) -> ResponseEntity.ok()
					.header(Cursor.HEADER, cursor.toString())
					.body(answer(reader, asked.commands(), past, cursor)))));
	}

	private WhatIfAnswer answer(String reader, List<CommandContent> commands, List<StoredEvent> past, Cursor cursor) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		WhatIf whatIf = new WhatIf(past, now);
		for (int number = 0; number < commands.size(); number++) {
			try {
				whatIf.obey(commands.get(number).by(reader, now, (restore) -> whatIf.at(restore.moment(cursor, now))));
			}
			catch (Problem problem) {
				throw problem.within("/commands/" + number);
			}
		}
		return whatIf.answer();
	}

}
