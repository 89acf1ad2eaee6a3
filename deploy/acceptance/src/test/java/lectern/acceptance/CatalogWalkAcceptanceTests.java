package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A walk over all books while the catalog changes. That this also holds with filters and
 * for concurrent writes is tested in catalog-service.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CatalogWalkAcceptanceTests {

	private static final String BOOKS = "/api/v1/books?limit=50";

	private static final int PRESENT = 300;

	private int writes;

	/** How the walk gets to the next page. */
	enum Step {

		NEXT {
			@Override
			@Nullable String from(TestApiResponse page) {
				return page.json().has("next") ? BOOKS + "&page=" + page.at("/next").asString() : null;
			}
		},

		LINK {
			@Override
			@Nullable String from(TestApiResponse page) {
				String link = page.headers().getFirst("Link");
				return (link != null) ? link.substring(1, link.indexOf('>')) : null;
			}
		};

		abstract @Nullable String from(TestApiResponse page);

	}

	@ParameterizedTest
	@EnumSource
	void bookThatStaysIsSeenOnce(Step step, LecternInstance lectern) {
		String prefix = "walk-" + step.name().toLowerCase() + "-";
		TestApiClient reader = TestApiClient.of(lectern.url());
		TestApiClient curator = TestApiClient.of(lectern.url() + "/api/v1/books/" + prefix)
			.withToken(lectern.adminToken());
		List<String> present = IntStream.range(0, PRESENT).mapToObj((number) -> prefix + (2000 + 10 * number)).toList();
		TestApiClient.of(lectern.url() + "/api/v1")
			.withToken(lectern.adminToken())
			.contentType("application/x-ndjson")
			.post("/imports", String.join("", present.stream().map(CatalogWalkAcceptanceTests::line).toList()))
			.assertStatus(201)
			.assertMember("/added", PRESENT);

		List<String> seen = new ArrayList<>();
		String next = BOOKS;
		while (next != null) {
			TestApiResponse page = reader.get(next).assertStatus(200);
			page.at("/items").forEach((book) -> seen.add(book.path("id").asString()));
			changeBeforeAndAfter(curator, seen.getLast(), prefix);
			next = step.from(page);
		}

		assertThat(seen).doesNotHaveDuplicates().containsAll(present);
		assertThat(this.writes).isGreaterThan(10);
	}

	/** Change the list around the last book of a page, where a page could shift. */
	private void changeBeforeAndAfter(TestApiClient curator, String last, String prefix) {
		if (!last.startsWith(prefix)) {
			return;
		}
		String number = last.substring(prefix.length());
		String base = number.substring(0, 4);
		for (String added : List.of(base + "-after-" + this.writes,
				(Integer.parseInt(base) - 5) + "-before-" + this.writes)) {
			write(curator, added, "Added");
			this.writes++;
		}
		curator.ifMatch("*").put(base, content("Stays, changed")).assertStatus(200);
		String removed = base + "-after-" + (this.writes - 2);
		if (this.writes % 4 == 0) {
			curator.ifMatch("*").delete(removed).assertStatus(204);
		}
	}

	private static void write(TestApiClient curator, String number, String title) {
		curator.put(number, content(title)).assertStatus(201);
	}

	private static String line(String id) {
		return "{\"type\":\"book\",\"id\":\"%1$s\",\"title\":\"%1$s\"}\n".formatted(id);
	}

	private static String content(String title) {
		return "{\"title\":\"" + title + "\"}";
	}

}
