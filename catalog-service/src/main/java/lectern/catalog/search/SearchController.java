package lectern.catalog.search;

import java.util.Set;

import lectern.catalog.change.Versioned;
import lectern.catalog.search.FacetCounts.FacetCount;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.NextPageLink;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Lists of books and of the values of their facets over HTTP. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class SearchController {

	private final BooksById byId;

	private final BooksByRank byRank;

	private final FacetCounts counts;

	SearchController(BooksById byId, BooksByRank byRank, FacetCounts counts) {
		this.byId = byId;
		this.byRank = byRank;
		this.counts = counts;
	}

	@GetMapping("/books")
	Mono<ResponseEntity<byte[]>> books(@RequestParam MultiValueMap<String, String> parameters,
			ServerWebExchange exchange) {
		return page(BookQuery.of(parameters)).doOnNext((page) -> NextPageLink.add(exchange, page.content().next()))
			.map((page) -> new Versioned<>(page.content().json(), page.cursor()).toResponse());
	}

	private Mono<Versioned<BookPage>> page(BookQuery query) {
		String words = query.words();
		if (words != null) {
			return this.byRank.page(query, words);
		}
		return query.filters().isEmpty() ? this.byId.all(query.page()) : this.byId.filtered(query);
	}

	@GetMapping("/topics")
	Mono<ResponseEntity<KeysetPage<FacetCount>>> topics(@RequestParam MultiValueMap<String, String> parameters) {
		return counts(Facet.TOPIC, parameters);
	}

	@GetMapping("/authors")
	Mono<ResponseEntity<KeysetPage<FacetCount>>> authors(@RequestParam MultiValueMap<String, String> parameters) {
		return counts(Facet.AUTHOR, parameters);
	}

	private Mono<ResponseEntity<KeysetPage<FacetCount>>> counts(Facet facet, MultiValueMap<String, String> parameters) {
		return this.counts.page(facet, KeysetPageRequest.of(parameters, Set.of())).map(Versioned::toResponse);
	}

}
