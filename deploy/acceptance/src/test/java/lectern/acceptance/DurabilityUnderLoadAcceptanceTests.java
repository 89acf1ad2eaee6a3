package lectern.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The service and the database are killed repeatedly under load: every acknowledged
 * report is in the log exactly once.
 */
@ExtendWith(LecternExtension.class)
@Timeout(1800)
class DurabilityUnderLoadAcceptanceTests {

	private static final int REPORTS = TestScale.size(10_000, 600);

	private static final int READERS = TestScale.size(32, 8);

	private static final int SERVICE_KILLS = TestScale.size(10, 2);

	private static final int DATABASE_KILLS = TestScale.size(3, 1);

	@Test
	void acknowledgedReportIsInLogExactlyOnce(LecternInstance lectern) throws Exception {
		List<ReaderClient> readers = IntStream.range(0, READERS).mapToObj((_) -> new ReaderClient(lectern)).toList();
		List<String> readings = readers.stream().map((reader) -> reader.startReading("fluent-python")).toList();
		String start = lectern.queryValue("progress", "select position from log_head");
		long began = System.nanoTime();
		List<AcknowledgedReport> acknowledged;
		Map<String, Integer> heard;
		try (ReportLoadGenerator load = ReportLoadGenerator.start(lectern, readers, readings, REPORTS)) {
			killUnderLoad(lectern, load);
			acknowledged = load.awaitAll();
			heard = load.attemptOutcomes();
		}
		Duration took = Duration.ofNanos(System.nanoTime() - began);

		List<AcknowledgedReport> log = AcknowledgedReport.readLog(lectern, readings);
		assertThat(log).hasSize(REPORTS).isEqualTo(acknowledged);
		assertVersionsWithoutGap(log);
		assertThat(lectern.queryValue("progress",
				"select count(*) = max(position) - %1$s from event where position > %1$s".formatted(start)))
			.as("no gaps in the log")
			.isEqualTo("t");
		assertReadModelShowsLastReports(readers, readings, log);
		assertThat(new CuratorClient(lectern).saveBook("after-the-crash", "After " + began)).isNotEmpty();
		TestScale.report(
				"durability: %d reports by %d readers acknowledged within %d s, while progress-service was killed %d"
						+ " times and PostgreSQL %d times: all are in the log once; answers %s",
				acknowledged.size(), READERS, took.toSeconds(), SERVICE_KILLS, DATABASE_KILLS, heard);
	}

	/**
	 * Each kill at a random place of its share of the load: by the reports that are
	 * acknowledged, so that none comes after the last.
	 */
	private static void killUnderLoad(LecternInstance lectern, ReportLoadGenerator load) throws IOException {
		List<String> programs = new ArrayList<>(Collections.nCopies(SERVICE_KILLS, "progress-service"));
		programs.addAll(Collections.nCopies(DATABASE_KILLS, "postgresql"));
		Collections.shuffle(programs);
		int share = REPORTS / programs.size();
		for (int kill = 0; kill < programs.size(); kill++) {
			load.await(kill * share + ThreadLocalRandom.current().nextInt(share / 2));
			String program = programs.get(kill);
			long killed = lectern.pid(program);
			lectern.kill(program);
			assertThat(load.acknowledged()).as("under load").isLessThan(REPORTS);
			lectern.awaitRestart(program, killed);
		}
	}

	private static void assertVersionsWithoutGap(List<AcknowledgedReport> log) {
		Map<String, List<Integer>> versions = log.stream()
			.collect(Collectors.groupingBy(AcknowledgedReport::reading,
					Collectors.mapping(AcknowledgedReport::version, Collectors.toList())));
		// The first event is the start of the reading.
		assertThat(versions).hasSize(READERS)
			.allSatisfy(
					(_, found) -> assertThat(found).isEqualTo(IntStream.range(2, found.size() + 2).boxed().toList()));
	}

	/** The read model has caught up with the log and shows each reader's last report. */
	private static void assertReadModelShowsLastReports(List<ReaderClient> readers, List<String> readings,
			List<AcknowledgedReport> log) {
		Map<String, AcknowledgedReport> last = log.stream()
			.collect(Collectors.toMap(AcknowledgedReport::reading, (report) -> report, (_, later) -> later));
		for (int one = 0; one < READERS; one++) {
			AcknowledgedReport report = last.get(readings.get(one));
			readers.get(one).assertPosition(report.reading(), report.fraction(), report.cursor());
		}
	}

}
