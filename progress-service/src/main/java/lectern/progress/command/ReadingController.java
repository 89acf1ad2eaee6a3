package lectern.progress.command;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

import jakarta.validation.Valid;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

import lectern.progress.catalog.KnownBooks;
import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingId;
import lectern.progress.model.Book;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.streaming.Cursor;
import lectern.web.EntityTag;

/** Commands over HTTP. Every answer is the reading as the command left it. */
@RestController
@RequestMapping(path = ReadingController.PATH, consumes = MediaType.APPLICATION_JSON_VALUE,
		produces = MediaType.APPLICATION_JSON_VALUE)
class ReadingController {

	static final String PATH = "/api/v1/readers/{reader}/readings";

	private final Readings readings;

	private final KnownBooks books;

	private final Clock clock;

	ReadingController(Readings readings, KnownBooks books, Clock clock) {
		this.readings = readings;
		this.books = books;
		this.clock = clock;
	}

	@PostMapping
	Mono<ResponseEntity<ReadingDocument>> start(@PathVariable String reader,
			@Valid @RequestBody Mono<StartContent> content) {
		return content
			.flatMap((start) -> Mono.zip(id(start), known(start.book()))
				.flatMap((both) -> this.readings.obey(both.getT1(),
						new StartReading(reader, start.book(), both.getT2().orElse(null), start.edition(), now()))))
			.map((outcome) -> {
				HttpStatus status = outcome.changed() ? HttpStatus.CREATED : HttpStatus.OK;
				return answer(status, outcome).location(address(reader, outcome)).body(outcome.reading());
			});
	}

	@PostMapping("/{reading}/positions")
	Mono<ResponseEntity<PositionAnswer>> report(@PathVariable String reader, @PathVariable String reading,
			@Valid @RequestBody Mono<PositionContent> content) {
		return content.flatMap((position) -> this.readings.obey(ReadingId.of(reading), position.by(reader, now())))
			.map((outcome) -> answer(HttpStatus.OK, outcome).body(PositionAnswer.of(outcome)));
	}

	/** A new one may have to wait for randomness, so not on an event loop. */
	private static Mono<UUID> id(StartContent start) {
		return Mono.fromSupplier(start::readingId).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Optional<Book>> known(String book) {
		return this.books.find(book).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	/** In microseconds, as the log keeps it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
	}

	private static BodyBuilder answer(HttpStatus status, Outcome outcome) {
		return ResponseEntity.status(status)
			.eTag(new EntityTag(outcome.last().version()).toString())
			.header(Cursor.HEADER, outcome.cursor().toString());
	}

	private static URI address(String reader, Outcome outcome) {
		return UriComponentsBuilder.fromPath(PATH + "/{reading}").encode().build(reader, outcome.last().stream());
	}

}
