package lectern.progress.query;

import java.util.Set;
import java.util.UUID;

import lectern.progress.eventlog.StreamAliases;
import lectern.progress.projection.ReadYourWrites;
import lectern.progress.query.RecentReadings.RecentReading;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.QueryParameters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Serves readings in their current state. */
@RestController
@RequestMapping(path = "/api/v1/readers/{reader}/readings", produces = MediaType.APPLICATION_JSON_VALUE)
class CurrentReadingsController {

	private static final Set<String> FILTERS = Set.of(ReadingParameters.STATUS, ReadingParameters.BOOK,
			ReadingParameters.ORDER);

	private final CurrentReadings readings;

	private final RecentReadings recentReadings;

	private final StreamAliases aliases;

	private final ReadYourWrites readYourWrites;

	CurrentReadingsController(CurrentReadings readings, RecentReadings recentReadings, StreamAliases aliases,
			ReadYourWrites readYourWrites) {
		this.readings = readings;
		this.recentReadings = recentReadings;
		this.aliases = aliases;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping
	Mono<ResponseEntity<KeysetPage<ReadingDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters query = KeysetPageRequest.parameters(parameters,
				Set.of(ReadingParameters.STATUS, ReadingParameters.BOOK, ReadingParameters.ORDER,
						PastReadingsController.AS_OF, TimeAxis.PARAMETER, ReadYourWrites.PARAMETER));
		query.read(TimeAxis.PARAMETER, ReadingParameters::rejectAxis);
		// The parameter seen does not select items, so it is not part of the query that a
		// page belongs to.
		KeysetPageRequest request = KeysetPageRequest.read(query, parameters, FILTERS);
		ReadingStatus status = query.read(ReadingParameters.STATUS, ReadingParameters::status);
		String book = query.read(ReadingParameters.BOOK, ReadingParameters::book);
		Boolean recent = query.read(ReadingParameters.ORDER, ReadingParameters::isRecent);
		Mono<ReadModelResult<KeysetPage<ReadingDocument>>> page = (recent != null)
				? pageByUse(reader, query, request, status, book) : pageById(reader, query, request, status, book);
		query.requireValid();
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), CurrentReadings.NAME)
			.then(page)
			.map((result) -> ResponseEntity.ok()
				.header(Cursor.HEADER, result.cursor().toString())
				.body(result.content()));
	}

	private Mono<ReadModelResult<KeysetPage<ReadingDocument>>> pageById(String reader, QueryParameters query,
			KeysetPageRequest request, @Nullable ReadingStatus status, @Nullable String book) {
		UUID after = query.collect(() -> ReadingParameters.afterId(request));
		return Mono.defer(() -> this.readings.list(reader, status, book, after, request.limit() + 1))
			.map((result) -> new ReadModelResult<>(request.page(result.content(), (reading) -> reading.id().toString()),
					result.cursor()));
	}

	private Mono<ReadModelResult<KeysetPage<ReadingDocument>>> pageByUse(String reader, QueryParameters query,
			KeysetPageRequest request, @Nullable ReadingStatus status, @Nullable String book) {
		RecencyKey after = query.collect(() -> RecencyKey.after(request));
		return Mono.defer(() -> this.recentReadings.list(reader, status, book, after, request.limit() + 1))
			.map((result) -> new ReadModelResult<>(
					request.page(result.content(), (reading) -> reading.key().toText()).map(RecentReading::document),
					result.cursor()));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters query = QueryParameters.of(parameters,
				Set.of(PastReadingsController.AS_OF, TimeAxis.PARAMETER, ReadYourWrites.PARAMETER));
		query.read(TimeAxis.PARAMETER, ReadingParameters::rejectAxis);
		query.requireValid();
		UUID id = ReadingId.parse(reading);
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), CurrentReadings.NAME)
			.then(Mono.defer(() -> this.aliases.search(id, (stream) -> this.readings.find(reader, stream))))
			.doOnNext((result) -> result.content().requireNotRemoved())
			.map((result) -> ResponseEntity.ok()
				.eTag(new EntityTag(result.content().version()).toString())
				.header(Cursor.HEADER, result.cursor().toString())
				.body(result.content()))
			.switchIfEmpty(Mono.error(ReadingId::notFound));
	}

}
