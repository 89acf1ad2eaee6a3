package lectern.progress.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The list of readings by their latest use, over HTTP. */
class RecentReadingsIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	private final List<TestReading> readings = new ArrayList<>();

	private String seen = "";

	@BeforeAll
	static void addBooks() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
		PROGRESS.addBook("other-book", "Other Book", "Somebody");
	}

	/** The third, the first, the fifth, the fourth and the second one are used last. */
	@BeforeEach
	void useReadings() {
		for (int number = 0; number < 5; number++) {
			this.readings.add(this.reader.start((number < 3) ? "a-book" : "other-book"));
		}
		this.readings.get(4).report(0.1).assertStatus(200);
		this.readings.get(0).finish().assertStatus(200);
		this.seen = this.readings.get(2).report(0.1).assertStatus(200).cursor();
	}

	@Test
	void latestUsedReadingIsFirst() {
		assertThat(list("")).containsExactly(ids(2, 0, 4, 3, 1));
		this.seen = this.readings.get(1).report(0.2).assertStatus(200).cursor();
		assertThat(list("")).containsExactly(ids(1, 2, 0, 4, 3));
	}

	@Test
	void orderIsCombinedWithFilters() {
		assertThat(list("&status=reading")).containsExactly(ids(2, 4, 3, 1));
		assertThat(list("&book=a-book")).containsExactly(ids(2, 0, 1));
		assertThat(list("&book=a-book&status=finished")).containsExactly(ids(0));
		assertThat(list("&book=no-book")).isEmpty();
	}

	@Test
	void walkSeesEveryReadingOnceAndUseOfOneSeenChangesNothing() {
		List<String> walked = new ArrayList<>();
		String page = "&limit=2";
		for (int number = 0; number < 3; number++) {
			JsonNode content = this.reader.get("/readings?order=recent&seen=" + this.seen + page)
				.assertStatus(200)
				.json();
			content.path("items").forEach((item) -> walked.add(item.path("id").stringValue()));
			assertThat(content.has("next")).isEqualTo(number < 2);
			page = "&limit=2&page=" + content.path("next").asString();
			this.readings.get(2).report(0.3 + number / 10.0).assertStatus(200);
		}
		assertThat(walked).containsExactly(ids(2, 0, 4, 3, 1));
	}

	@ParameterizedTest
	@CsvSource({ "order=id,order", "order=,order", "order=recent&asOf=2099-01-01T00:00:00Z,order",
			"order=recent&page=MDpub25zZW5zZQ,page" })
	void rejectsOrderThatIsNotValid(String query, String parameter) {
		assertThat(this.reader.get("/readings?" + query).assertProblem(400, "invalid-parameter").text())
			.contains("\"parameter\":\"" + parameter + "\"");
	}

	@Test
	void pageBelongsToItsOrder() {
		String next = this.reader.get("/readings?order=recent&limit=1&seen=" + this.seen).at("/next").stringValue();
		this.reader.get("/readings?limit=1&page=" + next).assertInvalidParameter("page");
	}

	private List<String> list(String filter) {
		List<String> listed = new ArrayList<>();
		this.reader.get("/readings?order=recent&seen=" + this.seen + filter)
			.assertStatus(200)
			.assertCursor()
			.at("/items")
			.forEach((item) -> listed.add(item.path("id").stringValue()));
		return listed;
	}

	private String[] ids(int... numbers) {
		return Arrays.stream(numbers).mapToObj((number) -> this.readings.get(number).id()).toArray(String[]::new);
	}

}
