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

	private final CurrentReadings readings;

	private final ReadYourWrites readYourWrites;

	CurrentReadingsController(CurrentReadings readings, ReadYourWrites readYourWrites) {
		this.readings = readings;
		this.readYourWrites = readYourWrites;
	}

	@GetMapping
	Mono<ResponseEntity<KeysetPage<ReadingDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters query = KeysetPageRequest.parameters(parameters,
				Set.of(ReadingParameters.STATUS, ReadingParameters.BOOK, ReadYourWrites.PARAMETER));
		// The parameter seen does not select items, so it is not part of the query that a
		// page belongs to.
		KeysetPageRequest request = KeysetPageRequest.read(query, parameters,
				Set.of(ReadingParameters.STATUS, ReadingParameters.BOOK));
		ReadingStatus status = query.read(ReadingParameters.STATUS, ReadingParameters::status);
		String book = query.read(ReadingParameters.BOOK, ReadingParameters::book);
		UUID after = query.collect(() -> ReadingParameters.afterId(request));
		query.requireValid();
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), CurrentReadings.NAME)
			.then(Mono.defer(() -> this.readings.list(reader, status, book, after, request.limit() + 1)))
			.map((result) -> ResponseEntity.ok()
				.header(Cursor.HEADER, result.cursor().toString())
				.body(request.page(result.content(), (reading) -> reading.id().toString())));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		QueryParameters.requireKnown(parameters, Set.of(ReadYourWrites.PARAMETER));
		UUID id = ReadingId.parse(reading);
		return this.readYourWrites.await(parameters.getFirst(ReadYourWrites.PARAMETER), CurrentReadings.NAME)
			.then(Mono.defer(() -> this.readings.find(reader, id)))
			.map((result) -> result.content()
				.map((found) -> ResponseEntity.ok()
					.eTag(new EntityTag(found.version()).toString())
					.header(Cursor.HEADER, result.cursor().toString())
					.body(found))
				.orElseThrow(ReadingId::notFound));
	}

}
