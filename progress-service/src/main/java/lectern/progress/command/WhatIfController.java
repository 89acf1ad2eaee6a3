package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.catalogreplica.BookReplica;
import lectern.progress.command.ReadingCommandRequest.ReadingAtTime;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.UpdateModes;
import lectern.progress.representation.ReadingId;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import reactor.core.publisher.Flux;
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

	private final StreamAliases aliases;

	private final BookReplica books;

	private final RestoreInstantResolver instants;

	private final UpdateModes updateModes;

	private final Clock clock;

	WhatIfController(EventLog log, StreamAliases aliases, BookReplica books, RestoreInstantResolver instants,
			UpdateModes updateModes, Clock clock) {
		this.updateModes = updateModes;
		this.log = log;
		this.aliases = aliases;
		this.books = books;
		this.instants = instants;
		this.clock = clock;
	}

	@PostMapping(path = "/what-if", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<WhatIfResponse>> evaluate(@PathVariable String reader, @PathVariable String reading,
			@Valid @RequestBody Mono<WhatIfRequest> body) {
		UUID id = ReadingId.parse(reading);
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		// The cursor is read first, so that the events are at least as new as the cursor.
		return body.flatMap((whatIf) -> this.log.cursor()
			.flatMap((cursor) -> this.aliases.search(id, (stream) -> load(reader, stream))
				.switchIfEmpty(Mono.error(ReadingId::notFound))
				.flatMap((past) -> evaluate(reader, whatIf, new WhatIfEvaluation(past, now), cursor, now))
				.map((response) -> ResponseEntity.ok().header(Cursor.HEADER, cursor.toString()).body(response))));
	}

	/** All events of a reading of this reader, or empty. */
	private Mono<List<StoredEvent>> load(String reader, UUID reading) {
		return this.log.load(reading.toString())
			.collectList()
			.filter((events) -> !events.isEmpty() && events.getFirst().reader().equals(reader));
	}

	private Mono<WhatIfResponse> evaluate(String reader, WhatIfRequest request, WhatIfEvaluation evaluation,
			Cursor cursor, Instant now) {
		evaluation.requireNotRemoved();
		List<TimedRequest> commands = request.commands();
		return Flux.range(0, commands.size())
			.concatMap((number) -> toCommand(reader, commands.get(number), evaluation, cursor, now)
				.doOnNext((command) -> evaluation.evaluate(this.updateModes.applyTo(command)))
				.onErrorMap(Problem.class, (problem) -> problem.within("/commands/" + number)))
			.then(Mono.fromSupplier(() -> evaluation.response(request.perDay())));
	}

	private Mono<? extends ReadingCommand> toCommand(String reader, TimedRequest request, WhatIfEvaluation evaluation,
			Cursor cursor, Instant now) {
		return switch (request) {
			case ChangeEditionRequest change ->
				this.books.findEditions(evaluation.book()).map((editions) -> change.toCommand(reader, now, editions));
			case ReadingCommandRequest command ->
				readingAtTime(command, evaluation, cursor, now).map((past) -> command.toCommand(reader, now, past));
			default -> throw new IllegalArgumentException("Not a command on a reading: " + request);
		};
	}

	private Mono<ReadingAtTime> readingAtTime(ReadingCommandRequest command, WhatIfEvaluation evaluation, Cursor cursor,
			Instant now) {
		return (command instanceof RestoreRequest restore && restore.byOccurrence())
				? Mono.fromSupplier(() -> restore.pointInTime(cursor, now))
					.flatMap(this.instants::resolve)
					.map((instant) -> (_) -> evaluation.readingByOccurrenceAt(instant))
				: Mono.just((request) -> evaluation.readingAt(request.pointInTime(cursor, now)));
	}

}
