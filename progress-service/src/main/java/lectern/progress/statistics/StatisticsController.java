package lectern.progress.statistics;

import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.Seen;
import lectern.progress.query.Moments;
import lectern.streaming.Cursor;
import lectern.web.Parameters;

/** How much a reader has read, over HTTP. */
@RestController
class StatisticsController {

	private static final String AS_OF = "asOf";

	private static final Set<String> PARAMETERS = Set.of(Spans.FROM, Spans.TO, Spans.ZONE, AS_OF, Seen.PARAMETER);

	private final Spans spans;

	private final ReadingTimes times;

	private final LoggedTimes logged;

	private final Moments moments;

	private final ProjectionRunner view;

	private final Seen seen;

	StatisticsController(Spans spans, ReadingTimes times, LoggedTimes logged, Moments moments,
			ProjectionRunner readingTimesRunner, Seen seen) {
		this.spans = spans;
		this.times = times;
		this.logged = logged;
		this.moments = moments;
		this.view = readingTimesRunner;
		this.seen = seen;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<StatisticsDocument>> statistics(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, PARAMETERS);
		String asOf = parameters.getFirst(AS_OF);
		// The cursor is asked for first: what is shown then is at least as new.
		return this.seen.await(parameters.getFirst(Seen.PARAMETER), this.view)
			.then(Mono.defer(() -> this.spans.of(parameters)))
			.flatMap((span) -> (asOf != null) ? past(reader, span, asOf) : present(reader, span));
	}

	private Mono<ResponseEntity<StatisticsDocument>> present(String reader, Span span) {
		return this.times.cursor()
			.flatMap((cursor) -> Mono.zip(this.times.times(reader, span), this.times.finishes(reader, span))
				.map((both) -> answer(cursor, StatisticsDocument.of(span, both.getT1(), both.getT2()))));
	}

	private Mono<ResponseEntity<StatisticsDocument>> past(String reader, Span span, String asOf) {
		return this.moments.cursor(AS_OF, asOf)
			.flatMap((cursor) -> this.logged.statistics(reader, span, cursor.position())
				.map((document) -> answer(cursor, document)));
	}

	private static ResponseEntity<StatisticsDocument> answer(Cursor cursor, StatisticsDocument document) {
		return ResponseEntity.ok().header(Cursor.HEADER, cursor.toString()).body(document);
	}

}
