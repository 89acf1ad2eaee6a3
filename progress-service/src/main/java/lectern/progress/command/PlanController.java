package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.ReadingCommand.RemovePlan;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sets and removes the plan of a reading. A plan is part of its reading and has the
 * entity tag of the reading; replacing or removing a plan requires that tag.
 */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class PlanController {

	private final ReadingCommandHandler commandHandler;

	PlanController(ReadingCommandHandler commandHandler) {
		this.commandHandler = commandHandler;
	}

	@PutMapping(path = "/plan", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<ReadingDocument>> plan(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@Valid @RequestBody Mono<PlanRequest> body) {
		UUID id = ReadingId.parse(reading);
		return body
			.flatMap((plan) -> this.commandHandler.handle(id, new ReadingPrecondition(ifMatch, ReadingState::isPlanned),
					(receivedAt) -> plan.toCommand(reader, receivedAt)))
			.map((result) -> result.response(isFirst(result) ? HttpStatus.CREATED : HttpStatus.OK)
				.body(result.reading()));
	}

	@DeleteMapping(path = "/plan")
	Mono<ResponseEntity<ReadingDocument>> removePlan(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		return this.commandHandler
			.handle(ReadingId.parse(reading), new ReadingPrecondition(ifMatch, ReadingState::isPlanned),
					(receivedAt) -> new RemovePlan(reader, DeviceClock.UNKNOWN, receivedAt))
			.map((result) -> result.response().body(result.reading()));
	}

	private static boolean isFirst(ReadingCommandResult result) {
		return result.changed() && !result.before().isPlanned();
	}

}
