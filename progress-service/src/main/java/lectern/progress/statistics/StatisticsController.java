package lectern.progress.statistics;

import java.util.Set;

import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.ReadYourWrites;
import lectern.progress.query.PointInTimeResolver;
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

/** How much a reader has read, over HTTP. */
@RestController
class StatisticsController {

	private static final String AS_OF = "asOf";

	private static final Set<String> PARAMETERS = Set.of(PeriodResolver.FROM, PeriodResolver.TO, PeriodResolver.ZONE,
			AS_OF, ReadYourWrites.PARAMETER);

	private final PeriodResolver periodResolver;

	private final ReadingTimes readingTimes;

	private final HistoricalReadingTimes historicalReadingTimes;

	private final PointInTimeResolver pointInTimeResolver;

	private final ProjectionRunner projection;

	private final ReadYourWrites readYourWrites;

	StatisticsController(PeriodResolver spans, ReadingTimes times, HistoricalReadingTimes logged,
			PointInTimeResolver moments, ProjectionRunner readingTimesRunner, ReadYourWrites seen) {
		this.periodResolver = spans;
		this.readingTimes = times;
		this.historicalReadingTimes = logged;
		this.pointInTimeResolver = moments;
		this.projection = readingTimesRunner;
		this.readYourWrites = seen;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<StatisticsResponse>> statistics(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, PARAMETERS);
		String asOf = parameters.getFirst(AS_OF);
		// The cursor is asked for first: what is shown then is at least as new.
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), this.projection)
			.then(Mono.defer(() -> this.periodResolver.resolve(parameters)))
			.flatMap((span) -> (asOf != null) ? statisticsAsOf(reader, span, asOf) : currentStatistics(reader, span));
	}

	private Mono<ResponseEntity<StatisticsResponse>> currentStatistics(String reader, StatisticsPeriod span) {
		return this.readingTimes.cursor()
			.flatMap((cursor) -> Mono
				.zip(this.readingTimes.times(reader, span), this.readingTimes.finishes(reader, span))
				.map((both) -> toResponse(cursor, StatisticsResponse.of(span, both.getT1(), both.getT2()))));
	}

	private Mono<ResponseEntity<StatisticsResponse>> statisticsAsOf(String reader, StatisticsPeriod span, String asOf) {
		return this.pointInTimeResolver.resolveCursorWithinLog(AS_OF, asOf)
			.flatMap((cursor) -> this.historicalReadingTimes.statistics(reader, span, cursor.position())
				.map((document) -> toResponse(cursor, document)));
	}

	private static ResponseEntity<StatisticsResponse> toResponse(Cursor cursor, StatisticsResponse document) {
		return ResponseEntity.ok().header(Cursor.HEADER, cursor.toString()).body(document);
	}

}
