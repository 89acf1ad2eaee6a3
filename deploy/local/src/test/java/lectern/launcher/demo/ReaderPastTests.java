package lectern.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReaderPastTests {

	private static final Instant BEGUN = Instant.parse("2026-11-29T20:00:00Z");

	private final DemoCatalog catalog = DemoCatalog.read();

	@Test
	void pastIsTheSameAtEachStart() {
		assertThat(DemoCast.OTHERS)
			.allSatisfy((reader) -> assertThat(past(reader).lines()).isEqualTo(past(reader).lines()));
		assertThat(visitor()).isEqualTo(visitor());
	}

	@Test
	void keysAreUniqueAndEverythingIsBeforeTheBegin() {
		assertThat(DemoCast.OTHERS).allSatisfy((reader) -> {
			Duration silence = (reader.habit() == ReadingHabit.OFFLINE) ? ReaderPast.OFFLINE_FOR : Duration.ZERO;
			assertPlausible(past(reader).lines(), BEGUN.minus(silence));
		});
		assertPlausible(visitor(), BEGUN);
	}

	private static void assertPlausible(List<Map<String, Object>> lines, Instant end) {
		assertThat(lines).hasSizeBetween(60, 1000);
		assertThat(lines).extracting((line) -> line.get("key")).doesNotHaveDuplicates();
		assertThat(lines).extracting((line) -> (Instant) line.get("occurredAt"))
			.allSatisfy((time) -> assertThat(time).isBetween(end.minus(Duration.ofDays(160)), end));
		assertThat(lines).filteredOn((line) -> line.containsKey("fraction"))
			.extracting((line) -> (Double) line.get("fraction"))
			.allSatisfy((fraction) -> assertThat(fraction).isBetween(0.0, 1.0));
	}

	@Test
	void visitorHasLostAPlaceYesterday() {
		List<Map<String, Object>> lines = visitor();
		Object lost = lines.stream()
			.filter((line) -> VisitorPast.LOST_BOOK.equals(line.get("book")))
			.map((line) -> line.get("id"))
			.findFirst()
			.orElseThrow();
		List<Map<String, Object>> reports = lines.stream()
			.filter((line) -> line.get("type").equals("report") && lost.equals(line.get("reading")))
			.toList();
		Map<String, Object> last = reports.getLast();
		assertThat(last).containsEntry("fraction", VisitorPast.WRONG_PLACE).containsEntry("page", 26);
		assertThat((Instant) last.get("occurredAt")).isBetween(BEGUN.minus(Duration.ofDays(2)),
				BEGUN.minus(Duration.ofDays(1)));
		assertThat(reports.get(reports.size() - 2)).containsEntry("fraction", VisitorPast.PLACE);
	}

	@Test
	void visitorHasReadWhatOpensGates() {
		assertThat(this.catalog.booksOfPath(VisitorPast.PATH)).contains("use-the-index-luke",
				"the-internals-of-postgresql");
		assertThat(this.catalog.bookIds()).containsAll(visitor().stream()
			.filter((line) -> line.containsKey("book"))
			.map((line) -> (String) line.get("book"))
			.toList());
		assertThat(visitor()).extracting((line) -> line.get("type"))
			.contains("start", "report", "finish", "abandon", "plan", "restore");
	}

	private OfflineCommands past(DemoReader reader) {
		return ReaderPast.of(reader, "demo-" + reader.name(), this.catalog, BEGUN, UnaryOperator.identity());
	}

	private static List<Map<String, Object>> visitor() {
		return VisitorPast.of("demo-visitor", BEGUN, UnaryOperator.identity()).lines();
	}

}
