package lectern.catalog.learningpath;

import java.util.Set;

import jakarta.validation.Valid;
import lectern.catalog.book.CatalogId;
import lectern.catalog.change.Tombstone;
import lectern.catalog.change.Versioned;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
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

/** The HTTP API of the learning paths. */
@RestController
@RequestMapping(path = LearningPathController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class LearningPathController {

	static final String PATH = "/api/v1/paths";

	private final LearningPaths paths;

	private final PathRemoval removal;

	LearningPathController(LearningPaths paths, PathRemoval removal) {
		this.paths = paths;
		this.removal = removal;
	}

	@GetMapping
	Mono<ResponseEntity<KeysetPage<LearningPath>>> list(@RequestParam MultiValueMap<String, String> parameters) {
		return this.paths.page(KeysetPageRequest.of(parameters, Set.of())).map(Versioned::toResponse);
	}

	@GetMapping("/{path}")
	Mono<ResponseEntity<LearningPath>> get(@PathVariable String path) {
		return Mono.just(path)
			.filter(CatalogId::isValid)
			.flatMap(this.paths::find)
			.map((found) -> found.toResponse(new EntityTag(found.content().version())))
			.switchIfEmpty(Mono.error(LearningPaths::notFound));
	}

	@PutMapping(path = "/{path}", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<LearningPath>> put(@PathVariable String path, @RequestHeader HttpHeaders headers,
			@Valid @RequestBody Mono<PathContent> content) {
		CatalogId.require("path", path);
		return content.flatMap((valid) -> this.paths.put(path, valid, ConditionalRequest.of(headers)))
			.map((written) -> written.toResponse(PATH + "/" + path));
	}

	@DeleteMapping("/{path}")
	Mono<ResponseEntity<Void>> delete(@PathVariable String path, @RequestHeader HttpHeaders headers) {
		return this.removal.remove(path, ConditionalRequest.of(headers)).map(Tombstone::toResponse);
	}

}
