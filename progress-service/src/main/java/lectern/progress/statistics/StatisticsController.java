package lectern.progress.statistics;

import java.util.Optional;
import java.util.Set;

import lectern.progress.projection.ReadYourWrites;
import lectern.progress.query.PointInTimeResolver;
import lectern.progress.query.ZoneParameter;
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

/** Serves a reader's statistics. */
@RestController
class StatisticsController {

	private static final String AS_OF = "asOf";

	private static final Set<String> PARAMETERS = Set.of(PeriodResolver.FROM, PeriodResolver.TO, ZoneParameter.NAME,
			AS_OF, ReadYourWrites.PARAMETER);

	private final PeriodResolver periodResolver;

	private final ReadingTimes readingTimes;

	private final HistoricalReadingTimes historicalReadingTimes;

	private final PointInTimeResolver pointInTimeResolver;

	private final ReadYourWrites readYourWrites;

	StatisticsController(PeriodResolver periodResolver, ReadingTimes readingTimes,
			HistoricalReadingTimes historicalReadingTimes, PointInTimeResolver pointInTimeResolver,
			ReadYourWrites readYourWrites) {
		this.periodResolver = periodResolver;
		this.readingTimes = readingTimes;
		this.historicalReadingTimes = historicalReadingTimes;
		this.pointInTimeResolver = pointInTimeResolver;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping(path = "/api/v1/readers/{reader}/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<StatisticsResponse>> statistics(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters query = QueryParameters.of(parameters, PARAMETERS);
		// The cursor is read first, so that the content is at least as new as the cursor.
		return this.readYourWrites.await(query, ReadingTimes.NAME)
			.then(Mono
				.defer(() -> this.periodResolver.resolve(query).map(Optional::of).defaultIfEmpty(Optional.empty())))
			.flatMap((period) -> resolveAsOf(query).flatMap((asOf) -> {
				query.requireValid();
				return period
					.map((valid) -> asOf.map((cursor) -> statisticsAsOf(reader, valid, cursor))
						.orElseGet(() -> currentStatistics(reader, valid)))
					.orElseThrow(query::toProblem);
			}));
	}

	/** Emit an empty value if the parameter is absent or not valid. */
	private Mono<Optional<Cursor>> resolveAsOf(QueryParameters query) {
		String asOf = query.text(AS_OF);
		return (asOf == null) ? Mono.just(Optional.empty())
				: query.collect(this.pointInTimeResolver.resolveCursorWithinLog(AS_OF, asOf))
					.map(Optional::of)
					.defaultIfEmpty(Optional.empty());
	}

	private Mono<ResponseEntity<StatisticsResponse>> currentStatistics(String reader, StatisticsPeriod period) {
		return this.readingTimes.cursor()
			.flatMap((cursor) -> this.readingTimes.statistics(reader, period)
				.map((statistics) -> toResponse(cursor, statistics)));
	}

	private Mono<ResponseEntity<StatisticsResponse>> statisticsAsOf(String reader, StatisticsPeriod period,
			Cursor cursor) {
		return this.historicalReadingTimes.statistics(reader, period, cursor.position())
			.map((statistics) -> toResponse(cursor, statistics));
	}

	private static ResponseEntity<StatisticsResponse> toResponse(Cursor cursor, StatisticsResponse statistics) {
		return ResponseEntity.ok().header(Cursor.HEADER, cursor.toString()).body(statistics);
	}

}
