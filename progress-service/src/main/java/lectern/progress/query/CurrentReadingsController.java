package lectern.progress.query;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
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
import lectern.web.Problem;

/** Current readings over HTTP. */
@RestController
@RequestMapping(path = "/api/v1/readers/{reader}/readings", produces = MediaType.APPLICATION_JSON_VALUE)
class CurrentReadingsController {

	private static final String STATUS = "status";

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
		String cursor = single(Seen.PARAMETER, choice.remove(Seen.PARAMETER));
		PageRequest request = PageRequest.of(choice, Set.of(STATUS));
		ReadingStatus status = status(choice.getFirst(STATUS));
		UUID after = after(request.after());
		return this.seen.await(cursor, this.view)
			.then(Mono.defer(() -> this.readings.list(reader, status, after, request.limit() + 1)))
			.map((shown) -> ResponseEntity.ok()
				.header(Cursor.HEADER, shown.cursor().toString())
				.body(request.page(shown.content(), (reading) -> reading.id().toString())));
	}

	@GetMapping("/{reading}")
	Mono<ResponseEntity<ReadingDocument>> get(@PathVariable String reader, @PathVariable String reading,
			@RequestParam MultiValueMap<String, String> parameters) {
		parameters.keySet().stream().filter((name) -> !name.equals(Seen.PARAMETER)).findAny().ifPresent((name) -> {
			throw Problem.parameter(name, "is not known here");
		});
		UUID id = ReadingId.of(reading);
		return this.seen.await(single(Seen.PARAMETER, parameters.get(Seen.PARAMETER)), this.view)
			.then(Mono.defer(() -> this.readings.find(reader, id)))
			.map((shown) -> shown.content()
				.map((found) -> ResponseEntity.ok()
					.eTag(new EntityTag(found.version()).toString())
					.header(Cursor.HEADER, shown.cursor().toString())
					.body(found))
				.orElseThrow(ReadingId::unknown));
	}

	private static @Nullable String single(String name, @Nullable List<String> values) {
		if (values == null) {
			return null;
		}
		if (values.size() > 1) {
			throw Problem.parameter(name, "is given more than once");
		}
		return values.getFirst();
	}

	private static @Nullable ReadingStatus status(@Nullable String word) {
		return (word == null) ? null : ReadingStatus.of(word)
			.orElseThrow(() -> Problem.parameter(STATUS, "must be reading, finished or abandoned"));
	}

	private static @Nullable UUID after(@Nullable String key) {
		if (key != null && !key.matches(ReadingId.FORM)) {
			throw Problem.parameter("page", "is not a page of this list; begin without it");
		}
		return (key != null) ? UUID.fromString(key) : null;
	}

}
