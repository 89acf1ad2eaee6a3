package lectern.catalog.path;

import java.util.Set;

import jakarta.validation.Valid;
import lectern.catalog.book.BookId;
import lectern.catalog.change.Removed;
import lectern.catalog.change.Snapshot;
import lectern.web.EntityTag;
import lectern.web.Page;
import lectern.web.PageRequest;
import lectern.web.Precondition;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Learning paths over HTTP. */
@RestController
@RequestMapping(path = PathController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class PathController {

	static final String PATH = "/api/v1/paths";

	private final Paths paths;

	private final PathRemoval removal;

	PathController(Paths paths, PathRemoval removal) {
		this.paths = paths;
		this.removal = removal;
	}

	@GetMapping
	Mono<ResponseEntity<Page<LearningPath>>> list(@RequestParam MultiValueMap<String, String> parameters) {
		return this.paths.page(PageRequest.of(parameters, Set.of())).map(Snapshot::answer);
	}

	@GetMapping("/{path}")
	Mono<ResponseEntity<LearningPath>> get(@PathVariable String path) {
		return Mono.just(path)
			.filter(BookId::isValid)
			.flatMap(this.paths::find)
			.map((found) -> found.answer(new EntityTag(found.content().version())))
			.switchIfEmpty(Mono.error(Paths::notFound));
	}

	@PutMapping(path = "/{path}", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<LearningPath>> put(@PathVariable String path, @RequestHeader HttpHeaders headers,
			@Valid @RequestBody Mono<PathContent> content) {
		BookId.require("path", path);
		return content.flatMap((valid) -> this.paths.put(path, valid, Precondition.of(headers)))
			.map((written) -> written.answer(PATH + "/" + path));
	}

	@DeleteMapping("/{path}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String path, @RequestHeader HttpHeaders headers) {
		return this.removal.remove(path, Precondition.of(headers)).map(Removed::answer);
	}

}
