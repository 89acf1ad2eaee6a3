package lectern.progress.query;

import java.util.Set;
import java.util.UUID;

import lectern.progress.eventlog.StreamAliases;
import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves readings as they were at a point in time, at the same paths as the current ones
 * but with {@code asOf}.
 */
@RestController
@RequestMapping(path = "/api/v1/readers/{reader}/readings", params = PastReadingsController.AS_OF,
		produces = MediaType.APPLICATION_JSON_VALUE)
class PastReadingsController {

	static final String AS_OF = "asOf";

	private final PastReadings readings;

	private final StreamAliases aliases;

	private final AsOfResolver asOfResolver;

	private final ReadYourWrites readYourWrites;

	PastReadingsController(PastReadings readings, StreamAliases aliases, AsOfResolver asOfResolver,
			ReadYourWrites readYourWrites) {
		this.readings = readings;
		this.aliases = aliases;
		this.asOfResolver = asOfResolver;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping
	Mono<ResponseEntity<KeysetPage<ReadingDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		Set<String> filters = Set.of(ReadingParameters.STATUS, ReadingParameters.BOOK, AS_OF, TimeAxis.PARAMETER);
		QueryParameters query = KeysetPageRequest.parameters(parameters, Set.of(ReadingParameters.STATUS,
				ReadingParameters.BOOK, ReadingParameters.ORDER, AS_OF, TimeAxis.PARAMETER, ReadYourWrites.PARAMETER));
		query.read(ReadingParameters.ORDER, PastReadingsController::rejectOrder);
		// As in the list of current readings, seen does not select items.
		KeysetPageRequest request = KeysetPageRequest.read(query, parameters, filters);
		ReadingStatus status = query.read(ReadingParameters.STATUS, ReadingParameters::status);
		String book = query.read(ReadingParameters.BOOK, ReadingParameters::book);
		UUID after = query.collect(() -> ReadingParameters.afterId(request));
		return resolveAsOf(query, parameters)
			.flatMap((point) -> this.readings.list(reader, point, status, book, after, request.limit() + 1)
				.map((readings) -> ResponseEntity.ok()
					.header(Cursor.HEADER, point.cursor().toString())
					.body(request.page(readings, (reading) -> reading.id().toString()))));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters query = QueryParameters.of(parameters,
				Set.of(AS_OF, TimeAxis.PARAMETER, ReadYourWrites.PARAMETER));
		UUID id = ReadingId.parse(reading);
		return resolveAsOf(query, parameters)
			.flatMap((point) -> this.aliases.search(id, (stream) -> this.readings.find(reader, stream, point))
				.switchIfEmpty(Mono.error(ReadingId::notFound))
				.doOnNext(ReadingDocument::requireNotRemoved)
				.map((document) -> ResponseEntity.ok()
					.eTag(new EntityTag(document.version()).toString())
					.header(Cursor.HEADER, point.cursor().toString())
					.body(document)));
	}

	private static boolean rejectOrder(String value) {
		throw Problem.invalidParameter(ReadingParameters.ORDER,
				"cannot be combined with asOf; readings of the past are ordered by id");
	}

	private Mono<AsOf> resolveAsOf(QueryParameters query, MultiValueMap<String, String> parameters) {
		TimeAxis axis = query.read(TimeAxis.PARAMETER, TimeAxis::of);
		String asOf = parameters.toSingleValueMap().getOrDefault(AS_OF, "");
		return this.readYourWrites.await(query, CurrentReadings.NAME)
			.then(Mono.defer(() -> query
				.collect(this.asOfResolver.resolve(AS_OF, asOf, (axis != null) ? axis : TimeAxis.RECEIVED))))
			.switchIfEmpty(Mono.error(query::toProblem))
			.doOnNext((_) -> query.requireValid());
	}

}
