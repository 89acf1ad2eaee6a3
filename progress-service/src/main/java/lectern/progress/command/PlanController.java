package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingId;
import lectern.progress.model.ReadingCommand.SetPlan;

/**
 * Plans readings. A plan is a part of its reading, shown with it and under its tag; to
 * replace one needs that tag.
 */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class PlanController {

	private final Readings readings;

	PlanController(Readings readings) {
		this.readings = readings;
	}

	@PutMapping(path = "/plan", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ReadingDocument>> plan(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Mono<PlanContent> content) {
		UUID id = ReadingId.of(reading);
		return content
			.flatMap((plan) -> this.readings.obey(id, new Condition(ifMatch, ReadingState::isPlanned),
					(receivedAt) -> new SetPlan(reader, plan.instant(), receivedAt)))
			.map((outcome) -> outcome.answer(isFirst(outcome) ? HttpStatus.CREATED : HttpStatus.OK)
				.body(outcome.reading()));
	}

	private static boolean isFirst(Outcome outcome) {
		return outcome.changed() && !outcome.before().isPlanned();
	}

}
