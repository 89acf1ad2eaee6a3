package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
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

/**
 * Plans readings. A plan is a part of its reading, shown with it and under its tag; to
 * replace one needs that tag.
 */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class PlanController {

	private final ReadingCommandHandler commandHandler;

	PlanController(ReadingCommandHandler readings) {
		this.commandHandler = readings;
	}

	@PutMapping(path = "/plan", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ReadingDocument>> plan(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Mono<PlanRequest> content) {
		UUID id = ReadingId.parse(reading);
		return content
			.flatMap((plan) -> this.commandHandler.handle(id, new ReadingPrecondition(ifMatch, ReadingState::isPlanned),
					(receivedAt) -> new SetPlan(reader, plan.instant(), receivedAt)))
			.map((outcome) -> outcome.response(isFirst(outcome) ? HttpStatus.CREATED : HttpStatus.OK)
				.body(outcome.reading()));
	}

	private static boolean isFirst(CommandResult outcome) {
		return outcome.changed() && !outcome.before().isPlanned();
	}

}
