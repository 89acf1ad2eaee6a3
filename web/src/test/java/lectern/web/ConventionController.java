package lectern.web;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operations that follow the conventions of the API. */
@RestController
@RequestMapping(path = "/api/conventions", produces = MediaType.APPLICATION_JSON_VALUE)
class ConventionController {

	private static final List<String> ALL = List.of("a", "b", "c");

	@GetMapping("/list")
	Mono<KeysetPage<String>> list(@RequestParam MultiValueMap<String, String> parameters) {
		return Mono.just(page(parameters));
	}

	@GetMapping("/entity")
	Mono<ResponseEntity<KeysetPage<String>>> entity(@RequestParam MultiValueMap<String, String> parameters) {
		return Mono.fromSupplier(() -> ResponseEntity.ok().header("Cursor", "c").body(page(parameters)));
	}

	private static KeysetPage<String> page(MultiValueMap<String, String> parameters) {
		KeysetPageRequest request = KeysetPageRequest.of(parameters, Set.of("filter"));
		@Nullable String after = request.after();
		return request.page(ALL.stream()
			.filter((each) -> after == null || each.compareTo(after) > 0)
			.limit(request.limit() + 1)
			.toList(), (each) -> each);
	}

	@GetMapping("/old")
	@DeprecatedOperation(since = "2026-01-31", removal = "2026-12-31", guide = "/docs/deprecations#old")
	Mono<List<String>> old(@RequestParam(name = "filter", required = false) String filter) {
		return Mono.just(ALL);
	}

	@PutMapping("/document")
	Mono<List<Integer>> document(@RequestBody Mono<List<Integer>> content) {
		return content;
	}

}
