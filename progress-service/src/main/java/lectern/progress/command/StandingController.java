package lectern.progress.command;

import java.util.UUID;

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
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ResumeReading;

/**
 * Ends readings and takes them up again. Every answer is the reading as the command left
 * it.
 */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class StandingController {

	private final Readings readings;

	private final Idempotency idempotency;

	StandingController(Readings readings, Idempotency idempotency) {
		this.readings = readings;
		this.idempotency = idempotency;
	}

	@PostMapping("/finish")
	Mono<ResponseEntity<String>> finish(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<Nothing> content) {
		return obey(reader, reading, ifMatch, request, content, (receivedAt) -> new FinishReading(reader, receivedAt));
	}

	@PostMapping("/reopen")
	Mono<ResponseEntity<String>> reopen(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<Nothing> content) {
		return obey(reader, reading, ifMatch, request, content, (receivedAt) -> new ReopenReading(reader, receivedAt));
	}

	@PostMapping("/abandon")
	Mono<ResponseEntity<String>> abandon(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<Nothing> content) {
		return obey(reader, reading, ifMatch, request, content, (receivedAt) -> new AbandonReading(reader, receivedAt));
	}

	@PostMapping("/resume")
	Mono<ResponseEntity<String>> resume(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @RequestBody(required = false) Mono<Nothing> content) {
		return obey(reader, reading, ifMatch, request, content, (receivedAt) -> new ResumeReading(reader, receivedAt));
	}

	private Mono<ResponseEntity<String>> obey(String reader, String reading, @Nullable String ifMatch,
			ServerHttpRequest request, Mono<Nothing> content, Order order) {
		UUID id = ReadingId.of(reading);
		return content.defaultIfEmpty(new Nothing())
			.flatMap((nothing) -> this.idempotency.once(request, reader, nothing,
					(keeping) -> this.readings.obey(id, Condition.ifSaid(ifMatch), order, keeping),
					(Outcome outcome) -> outcome.answer().body(outcome.reading())));
	}

}
