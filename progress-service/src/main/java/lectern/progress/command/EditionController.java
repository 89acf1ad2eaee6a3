package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Validator;
import lectern.progress.catalogreplica.BookEditions;
import lectern.progress.catalogreplica.BookReplica;
import lectern.progress.model.BookEdition;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.progress.model.RequestedEdition;
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

	private final ReadingCommandHandler commandHandler;

	private final BookReplica books;

	private final JsonDocumentReader documents;

	EditionController(ReadingCommandHandler commandHandler, BookReplica books, JsonMapper mapper, Validator validator) {
		this.commandHandler = commandHandler;
		this.books = books;
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

	private Mono<CommandResult> change(String reader, UUID reading, ReadingPrecondition precondition,
			MergePatch patch) {
		EditionPatchRequest request = this.documents.read(patch.members().toString(), EditionPatchRequest.class);
		boolean isUnchanged = !patch.members().has("edition");
		return findEdition(reading, request.edition())
			.flatMap(
					(found) -> this.commandHandler.handle(reading, precondition,
							(receivedAt, state) -> new ChangeEdition(reader,
									isUnchanged ? current(state) : found.edition(), request.clock(), receivedAt),
							null));
	}

	private Mono<FoundEdition> findEdition(UUID reading, @Nullable String edition) {
		return (edition == null) ? Mono.just(new FoundEdition(null))
				: this.commandHandler.bookOf(reading)
					.flatMap(this.books::findEditions)
					.defaultIfEmpty(BookEditions.NONE)
					.map((editions) -> new FoundEdition(editions.find(edition)));
	}

	/** A patch without the member changes nothing, but its precondition is checked. */
	private static @Nullable RequestedEdition current(ReadingState state) {
		BookEdition edition = (state.reading() instanceof Started started) ? started.open().edition().edition() : null;
		return (edition != null) ? RequestedEdition.of(edition) : null;
	}

	/**
	 * The edition that a patch names.
	 *
	 * @param edition null if it names none
	 */
	private record FoundEdition(@Nullable RequestedEdition edition) {
	}

}
