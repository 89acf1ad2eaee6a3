package lectern.catalog.importing;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import jakarta.validation.Validation;
import lectern.catalog.book.BookContent;
import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.web.JsonDocumentReader;
import lectern.web.RawLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentLineReaderTests {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final LineReader reader = new DocumentLineReader(new JsonDocumentReader(LineReaderFactory.lineMapper(JSON),
			Validation.buildDefaultValidatorFactory().getValidator()), new DocumentHeaderReader(JSON));

	private int number;

	@Test
	void readsBookWithIdAtAnyPosition() {
		BookDocumentLine book = (BookDocumentLine) read(
				"{\"title\":\"T\",\"authors\":[\"A\"],\"id\":\"t\",\"type\":\"book\"}");

		assertThat(book.id()).isEqualTo("t");
		assertThat(book.content().title()).isEqualTo("T");
		assertThat(book.content().authors()).containsExactly("A");
	}

	@Test
	void acceptsGetResponseWithoutType() {
		assertThat(read("""
				{"id":"t","title":"T","version":7,"createdAt":"2026-01-01T00:00:00Z","changedAt":"2026-01-02T00:00:00Z"}
				""")).isInstanceOf(BookDocumentLine.class);
		assertThat(read("{\"id\":\"p\",\"title\":\"P\",\"gates\":[{\"id\":\"g\",\"title\":\"G\"}],\"version\":2}"))
			.isInstanceOf(PathDocumentLine.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "nothing|The line is not a JSON object.|",
			"[]|The line is not a JSON object.|", "null|The line is not a JSON object.|",
			"{\"id\":\"t\",\"title\":\"T\"|The line is not a JSON object.|",
			"{\"title\":\"T\"}|The member /id is missing or is not a string.|/id",
			"{\"id\":7,\"title\":\"T\"}|The member /id is missing or is not a string.|/id",
			"{\"id\":\"../etc\",\"title\":\"T\"}|The member /id must be words of lower-case letters and digits joined by hyphens, at most 80 characters.|/id",
			"{\"type\":\"film\",\"id\":\"t\"}|The member /type must be book or path.|/type",
			"{\"id\":\"t\"}|The member /title is missing.|/title",
			"{\"id\":\"t\",\"title\":\"T\",\"pages\":3}|The member /pages is unknown; the members are authors, editions, freeAccess, keyPoints, language, level, otherTitles, summary, title, topics, whyItMatters.|/pages",
			"{\"id\":\"t\",\"title\":\"T\",\"authors\":[\"A\",\"\"]}|The member /authors/1 must be text of 1 to 200 characters without control characters.|/authors/1",
			"{\"id\":\"t\",\"title\":\"T\",\"freeAccess\":[{\"kind\":\"talk\",\"url\":\"javascript:x\"}]}|The member /freeAccess/0/url must be an http or https URL of up to 2000 ASCII characters.|/freeAccess/0/url",
			"{\"id\":\"t\",\"title\":\"T\",\"editions\":[{\"year\":3000,\"pages\":0}]}|The member /editions/0/pages must be a number of pages from 1 to 100000. Other members are not valid either.|/editions/0/pages",
			"{\"type\":\"book\",\"id\":\"t\",\"title\":\"T\"} {}|The content is not well-formed JSON of the expected structure.|" })
	void invalidDocumentIsRefusedWithReasonAndPointer(String line, String reason, String pointer) {
		assertThat(read(line)).isEqualTo(new RefusedLine(1, reason, pointer, line));
	}

	@Test
	void duplicateIdIsRefusedUnlessFirstWasRefused() {
		assertThat(read("{\"id\":\"t\"}")).isInstanceOf(RefusedLine.class);
		assertThat(read("{\"id\":\"t\",\"title\":\"T\"}")).isInstanceOf(BookDocumentLine.class);
		assertThat(read("{\"id\":\"t\",\"title\":\"Another\"}")).isInstanceOfSatisfying(RefusedLine.class,
				(refusal) -> assertThat(refusal.pointer()).isEqualTo("/id"));
		assertThat(read("{\"id\":\"t\",\"title\":\"P\",\"gates\":[{\"id\":\"g\",\"title\":\"G\"}]}"))
			.isInstanceOf(PathDocumentLine.class);
	}

	@Test
	void ignoresBlankLinesAndLeadingByteOrderMark() {
		assertThat(read("\uFEFF{\"id\":\"t\",\"title\":\"T\"}")).isInstanceOf(BookDocumentLine.class);
		assertThat(read("")).isNull();
		assertThat(read(" \t ")).isNull();
		assertThat(read("\uFEFF{\"id\":\"u\",\"title\":\"U\"}")).isInstanceOf(RefusedLine.class);
	}

	@Test
	void deeplyNestedJsonIsRefused() {
		String deep = "{\"id\":\"t\",\"title\":" + String.join("", Collections.nCopies(100_000, "["));

		assertThat(read(deep)).isInstanceOf(RefusedLine.class);
	}

	@Test
	void duplicateIdFilterDistinguishesHundredThousandIds() {
		DuplicateIdFilter filter = new DuplicateIdFilter();

		assertThat(IntStream.range(0, 100_000)
			.allMatch((n) -> filter.add(new DocumentHeader(DocumentKind.BOOK, "book-" + n))
					&& filter.add(new DocumentHeader(DocumentKind.PATH, "book-" + n))))
			.isTrue();
		assertThat(IntStream.range(0, 100_000)
			.noneMatch((n) -> filter.add(new DocumentHeader(DocumentKind.BOOK, "book-" + n)))).isTrue();
	}

	@Test
	void batchEndsByLineCountOrSize() {
		BatchBoundary boundary = new BatchBoundary(3);
		List<Boolean> ends = IntStream.of(1, 1, 1, BatchBoundary.MAX_SIZE, 1, BatchBoundary.MAX_SIZE - 1, 1)
			.mapToObj((size) -> boundary.test(new BookDocumentLine(1, size, "{}", "t", content(), Set.of())))
			.toList();

		assertThat(ends).containsExactly(false, false, true, true, false, true, false);
	}

	private static BookContent content() {
		return new BookContent("T", List.of(), List.of(), List.of(), null, null, null, List.of(), null, List.of(),
				List.of());
	}

	private ImportLine read(String line) {
		this.number++;
		return this.reader.read(new RawLine(this.number, line, null));
	}

}
