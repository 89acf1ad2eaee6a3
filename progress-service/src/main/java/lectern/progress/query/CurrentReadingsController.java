package lectern.progress.query;

import java.util.Set;
import java.util.UUID;

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

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingId;
import lectern.progress.document.ReadingStatus;
import lectern.progress.projection.ProjectionRunner;
import lectern.progress.projection.Seen;
import lectern.streaming.Cursor;
import lectern.web.EntityTag;
import lectern.web.Page;
import lectern.web.PageRequest;
import lectern.web.Parameters;

/** Current readings over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/readers/{reader}/readings", produces = MediaType.APPLICATION_JSON_VALUE)
class CurrentReadingsController {

	private final CurrentReadings readings;

	private final ProjectionRunner view;

	private final Seen seen;

	CurrentReadingsController(CurrentReadings readings, ProjectionRunner currentReadingsRunner, Seen seen) {
		this.readings = readings;
		this.view = currentReadingsRunner;
		this.seen = seen;
	}

	@GetMapping
	Mono<ResponseEntity<Page<ReadingDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		// What was seen does not choose the items: any page may be asked for with or
		// without it.
		MultiValueMap<String, String> choice = new LinkedMultiValueMap<>(parameters);
		String cursor = ReadingParameters.seen(parameters);
		choice.remove(Seen.PARAMETER);
		PageRequest request = PageRequest.of(choice, Set.of(ReadingParameters.STATUS));
		ReadingStatus status = ReadingParameters.status(choice);
		UUID after = ReadingParameters.after(request);
		return this.seen.await(cursor, this.view)
			.then(Mono.defer(() -> this.readings.list(reader, status, after, request.limit() + 1)))
			.map((shown) -> ResponseEntity.ok()
				.header(Cursor.HEADER, shown.cursor().toString())
				.body(request.page(shown.content(), (reading) -> reading.id().toString())));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, Set.of(Seen.PARAMETER));
		UUID id = ReadingId.of(reading);
		return this.seen.await(ReadingParameters.seen(parameters), this.view)
			.then(Mono.defer(() -> this.readings.find(reader, id)))
			.map((shown) -> shown.content()
				.map((found) -> ResponseEntity.ok()
					.eTag(new EntityTag(found.version()).toString())
					.header(Cursor.HEADER, shown.cursor().toString())
					.body(found))
				.orElseThrow(ReadingId::unknown));
	}

}
