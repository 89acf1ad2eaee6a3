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

/** Readings of the past over HTTP: where those of now are, with {@code asOf}. */
@RestController
@RequestMapping(path = "/api/v1/readers/{reader}/readings", params = PastReadingsController.AS_OF,
		produces = MediaType.APPLICATION_JSON_VALUE)
class PastReadingsController {

	static final String AS_OF = "asOf";

	private final PastReadings readings;

	private final Vantages vantages;

	private final ProjectionRunner view;

	private final Seen seen;

	PastReadingsController(PastReadings readings, Vantages vantages, ProjectionRunner currentReadingsRunner,
			Seen seen) {
		this.readings = readings;
		this.vantages = vantages;
		this.view = currentReadingsRunner;
		this.seen = seen;
	}

	@GetMapping
	Mono<ResponseEntity<Page<ReadingDocument>>> list(@PathVariable String reader,
			@RequestParam MultiValueMap<String, String> parameters) {
		// As in the list of now: what was seen does not choose the items.
		MultiValueMap<String, String> choice = new LinkedMultiValueMap<>(parameters);
		choice.remove(Seen.PARAMETER);
		PageRequest request = PageRequest.of(choice, Set.of(ReadingParameters.STATUS, AS_OF, Axis.PARAMETER));
		ReadingStatus status = ReadingParameters.status(choice);
		UUID after = ReadingParameters.after(request);
		return vantage(parameters)
			.flatMap((vantage) -> this.readings.list(reader, vantage, status, after, request.limit() + 1)
				.map((found) -> ResponseEntity.ok()
					.header(Cursor.HEADER, vantage.cursor().toString())
					.body(request.page(found, (reading) -> reading.id().toString()))));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		Parameters.requireKnown(parameters, Set.of(AS_OF, Axis.PARAMETER, Seen.PARAMETER));
		UUID id = ReadingId.of(reading);
		return vantage(parameters).flatMap((vantage) -> this.readings.find(reader, id, vantage)
			.switchIfEmpty(Mono.error(ReadingId::unknown))
			.map((found) -> ResponseEntity.ok()
				.eTag(new EntityTag(found.version()).toString())
				.header(Cursor.HEADER, vantage.cursor().toString())
				.body(found)));
	}

	private Mono<Vantage> vantage(MultiValueMap<String, String> parameters) {
		Axis axis = Axis.of(parameters.getFirst(Axis.PARAMETER));
		String asOf = parameters.toSingleValueMap().getOrDefault(AS_OF, "");
		return this.seen.await(ReadingParameters.seen(parameters), this.view)
			.then(Mono.defer(() -> this.vantages.of(AS_OF, asOf, axis)));
	}

}
