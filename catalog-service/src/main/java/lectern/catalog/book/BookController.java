package lectern.catalog.book;

import java.util.Set;

import jakarta.validation.Valid;
import lectern.catalog.change.Snapshot;
import lectern.web.EntityTag;
import lectern.web.Page;
import lectern.web.PageRequest;
import lectern.web.Precondition;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Books over HTTP. */
@RestController
@RequestMapping(path = BookController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class BookController {

	static final String PATH = "/api/v1/books";

	private static final int LONGEST_SEARCH = 200;

	private final Books books;

	private final BookSearch search;

	BookController(Books books, BookSearch search) {
		this.books = books;
		this.search = search;
	}

	@GetMapping
	Mono<ResponseEntity<Page<Book>>> list(@RequestParam MultiValueMap<String, String> parameters) {
		PageRequest request = PageRequest.of(parameters, Set.of("q"));
		String typed = parameters.getFirst("q");
		if (typed != null && !isText(typed)) {
			throw Problem.parameter("q", "must have 1 to " + LONGEST_SEARCH + " characters, none of them a control");
		}
		return this.search.page(request, typed).map(Snapshot::answer);
	}

	private static boolean isText(String typed) {
		return !typed.isBlank() && typed.length() <= LONGEST_SEARCH
				&& typed.codePoints().noneMatch(Character::isISOControl);
	}

	@GetMapping("/{book}")
	Mono<ResponseEntity<Book>> get(@PathVariable String book) {
		return Mono.just(book)
			.filter(BookId::isValid)
			.flatMap(this.books::find)
			.map((found) -> found.answer(new EntityTag(found.content().version())))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "The catalog has no book of this id.")));
	}

	@PutMapping(path = "/{book}", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Book>> put(@PathVariable String book, @RequestHeader HttpHeaders headers,
			@Valid @RequestBody Mono<BookContent> content) {
		BookId.require("book", book);
		return content.flatMap((valid) -> this.books.put(book, valid, Precondition.of(headers)))
			.map((written) -> written.answer(PATH + "/" + book));
	}

}
