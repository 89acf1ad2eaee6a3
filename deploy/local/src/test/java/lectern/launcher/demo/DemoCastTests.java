package lectern.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCastTests {

	private static final Instant TIME = Instant.parse("2026-11-29T20:00:00Z");

	private final DemoCatalog catalog = DemoCatalog.read();

	@Test
	void readersAreDistinctAndFewRequestsAreSentInAll() {
		List<DemoReader> cast = DemoCast.all();
		assertThat(cast).hasSize(17).extracting(DemoReader::name).doesNotHaveDuplicates();
		assertThat(cast).extracting(DemoReader::displayName).doesNotHaveDuplicates();
		assertThat(cast.stream().mapToDouble((reader) -> reader.habit().requestsPerSecond()).sum()).isBetween(1.0,
				10.0);
		assertThat(cast).extracting(DemoReader::habit).contains(ReadingHabit.values());
	}

	@ParameterizedTest
	@EnumSource
	void everyMinuteFiveReadersReportTheBookOfTheirClub(ReadingClub club) {
		// Each reads alternately for the club and alone.
		assertThat(DemoCast.OTHERS)
			.filteredOn((reader) -> reader.club() == club && reader.habit() != ReadingHabit.OFFLINE)
			.hasSizeGreaterThanOrEqualTo(5)
			.allSatisfy((reader) -> assertThat(reader.habit().requestsPerSecond() * 60 / 2).isGreaterThan(1));
	}

	@ParameterizedTest
	@EnumSource
	void membersOfClubReadOneBookAtTheSameTime(ReadingClub club) {
		assertThat(this.catalog.bookIds()).containsAll(club.books());
		assertThat(club.bookAt(TIME)).isEqualTo(club.bookAt(TIME.plus(Duration.ofMinutes(19))));
		assertThat(club.bookAt(TIME)).isNotEqualTo(club.bookAt(TIME.plus(Duration.ofMinutes(20))));
	}

	@ParameterizedTest
	@EnumSource
	void pausesAndStepsVaryWithinLimits(ReadingHabit habit) {
		Random random = new Random(7);
		for (int report = 0; report < 100; report++) {
			assertThat(habit.nextPause(random)).isBetween(Duration.ofSeconds(2), Duration.ofMinutes(4));
			assertThat(habit.nextStep(random)).isBetween(0.002, 0.012);
		}
	}

	@Test
	void playlistBeginsWithPathAndIsTheSameAtEachStart() {
		assertThat(DemoCast.OTHERS).allSatisfy((reader) -> {
			List<String> playlist = reader.playlist(this.catalog);
			assertThat(this.catalog.pathIds()).contains(reader.path());
			assertThat(this.catalog.booksOfPath(reader.path())).contains(playlist.getFirst());
			assertThat(playlist).isEqualTo(reader.playlist(this.catalog))
				.doesNotHaveDuplicates()
				.doesNotContainAnyElementsOf(reader.club().books());
		});
	}

}
