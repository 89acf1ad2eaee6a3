package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Validator;
import lectern.progress.representation.ReadingDocument;
import lectern.progress.representation.ReadingId;
import lectern.web.JsonDocumentReader;
import lectern.web.MergePatch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes the edition that a reading names (ADR 27). */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class EditionController {

	private final EditionHandler handler;

	private final JsonDocumentReader documents;

	EditionController(EditionHandler handler, JsonMapper mapper, Validator validator) {
		this.handler = handler;
		this.documents = new JsonDocumentReader(mapper, validator);
	}

	@PatchMapping(consumes = { MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
	Mono<ResponseEntity<ReadingDocument>> patch(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody Mono<JsonNode> content) {
		UUID id = ReadingId.parse(reading);
		ReadingPrecondition precondition = new ReadingPrecondition(ifMatch, (state) -> state.version() > 0);
		return content.map(MergePatch::of)
			.flatMap((patch) -> change(reader, id, precondition, patch))
			.map((result) -> result.response().body(result.reading()));
	}

	/** A member that is absent from a merge patch does not change. */
	private Mono<ReadingCommandResult> change(String reader, UUID reading, ReadingPrecondition precondition,
			MergePatch patch) {
		ChangeEditionRequest change = this.documents.read(patch.members().toString(), ChangeEditionRequest.class);
		return patch.members().has(ChangeEditionRequest.EDITION)
				? this.handler.handle(reader, reading, precondition, change, null)
				: this.handler.keep(reader, reading, precondition, change);
	}

}
