package lectern.catalog.book;

import java.security.Principal;

import jakarta.validation.Valid;
import lectern.catalog.change.IdempotencyStore;
import lectern.catalog.change.Tombstone;
import lectern.catalog.change.Versioned;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import lectern.web.MergePatch;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Books over HTTP. */
@RestController
@RequestMapping(path = BookController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class BookController {

	static final String PATH = "/api/v1/books";

	private final Books books;

	private final BookPatch patches;

	private final BookRemoval removal;

	private final IdempotencyStore idempotency;

	BookController(Books books, BookPatch patches, BookRemoval removal, IdempotencyStore idempotency) {
		this.books = books;
		this.patches = patches;
		this.removal = removal;
		this.idempotency = idempotency;
	}

	@GetMapping("/{book}")
	Mono<ResponseEntity<byte[]>> get(@PathVariable String book) {
		return Mono.just(book)
			.filter(CatalogId::isValid)
			.flatMap(this.books::find)
			.map((found) -> new Versioned<>(found.content().bytes(), found.cursor())
				.toResponse(new EntityTag(found.content().version())))
			.switchIfEmpty(Mono.error(Books::notFound));
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<String>> post(Principal curator, ServerHttpRequest request,
			@Valid @RequestBody Mono<BookContent> content) {
		return content.flatMap((valid) -> slug(valid).flatMap((slug) -> this.idempotency.executeOnce(curator.getName(),
				this.idempotency.keys().resolve(request, valid), add(slug, valid))));
	}

	/**
	 * Before the transaction, because the first title of a script blocks to load rules.
	 */
	private static Mono<String> slug(BookContent content) {
		return Mono.fromCallable(() -> Slug.of(content.title())).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<ResponseEntity<Book>> add(String slug, BookContent content) {
		return this.books.add(slug, content).map((result) -> result.toResponse(PATH + "/" + result.document().id()));
	}

	@PutMapping(path = "/{book}", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Book>> put(@PathVariable String book, @RequestHeader HttpHeaders headers,
			@Valid @RequestBody Mono<BookContent> content) {
		CatalogId.require("book", book);
		return content.flatMap((valid) -> this.books.put(book, valid, ConditionalRequest.of(headers)))
			.map((result) -> result.toResponse(PATH + "/" + book));
	}

	@PatchMapping(path = "/{book}", consumes = { MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON_VALUE })
	Mono<ResponseEntity<Book>> patch(@PathVariable String book, @RequestHeader HttpHeaders headers,
			@RequestBody Mono<JsonNode> content) {
		return content.map(MergePatch::of)
			.flatMap((patch) -> this.books.change(book, this.patches.toUpdate(patch), ConditionalRequest.of(headers)))
			.map((result) -> result.toResponse(PATH + "/" + book));
	}

	@DeleteMapping("/{book}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String book, @RequestHeader HttpHeaders headers) {
		return this.removal.remove(book, ConditionalRequest.of(headers)).map(Tombstone::toResponse);
	}

}
