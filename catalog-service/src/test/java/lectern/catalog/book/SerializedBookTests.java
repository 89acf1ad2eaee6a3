package lectern.catalog.book;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class SerializedBookTests {

	private final JsonMapper mapper = JsonMapper.builder().build();

	@Test
	void documentEqualsSerializedBook() {
		BookContent content = new BookContent("A \"title\"\\ 😀", List.of("B"), List.of(), List.of("{}"), null, "en",
				"One\nTwo", List.of(), null, List.of(new Edition("1st", 2001, null, null, null, null)), List.of());
		Book book = new Book("a-title", content, 3, Instant.parse("2026-01-01T00:00:00Z"),
				Instant.parse("2026-11-28T07:59:01.123456Z"));

		String document = new SerializedBook(Set.of(), this.mapper.writeValueAsString(content)).document(book);

		assertThat(document).isEqualTo(this.mapper.writeValueAsString(book)).doesNotContain("\n");
	}

}
