package lectern.progress.query;

import java.util.Set;
import java.util.UUID;

import lectern.progress.projection.ReadYourWrites;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import lectern.progress.representation.ReadingStatus;
import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
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

	private final AsOfResolver asOfResolver;

	private final ReadYourWrites readYourWrites;

	PastReadingsController(PastReadings readings, AsOfResolver asOfResolver, ReadYourWrites readYourWrites) {
		this.readings = readings;
		this.asOfResolver = asOfResolver;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping
	Mono<ResponseEntity<KeysetPage<ReadingDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		// As in the list of current readings, {@code seen} does not select items.
		MultiValueMap<String, String> query = new LinkedMultiValueMap<>(parameters);
		query.remove(ReadYourWrites.PARAMETER);
		KeysetPageRequest request = KeysetPageRequest.of(query,
				Set.of(ReadingParameters.STATUS, ReadingParameters.BOOK, AS_OF, TimeAxis.PARAMETER));
		ReadingStatus status = ReadingParameters.status(query);
		String book = ReadingParameters.book(query);
		UUID after = ReadingParameters.afterId(request);
		return resolveAsOf(parameters)
			.flatMap((point) -> this.readings.list(reader, point, status, book, after, request.limit() + 1)
				.map((readings) -> ResponseEntity.ok()
					.header(Cursor.HEADER, point.cursor().toString())
					.body(request.page(readings, (reading) -> reading.id().toString()))));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of(AS_OF, TimeAxis.PARAMETER, ReadYourWrites.PARAMETER));
		UUID id = ReadingId.parse(reading);
		return resolveAsOf(parameters).flatMap((point) -> this.readings.find(reader, id, point)
			.switchIfEmpty(Mono.error(ReadingId::notFound))
			.map((document) -> ResponseEntity.ok()
				.eTag(new EntityTag(document.version()).toString())
				.header(Cursor.HEADER, point.cursor().toString())
				.body(document)));
	}

	private Mono<AsOf> resolveAsOf(MultiValueMap<String, String> parameters) {
		TimeAxis axis = TimeAxis.of(parameters.getFirst(TimeAxis.PARAMETER));
		String asOf = parameters.toSingleValueMap().getOrDefault(AS_OF, "");
		return this.readYourWrites.await(ReadingParameters.seenCursor(parameters), CurrentReadings.NAME)
			.then(Mono.defer(() -> this.asOfResolver.resolve(AS_OF, asOf, axis)));
	}

}
