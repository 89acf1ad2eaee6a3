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
 * Under load the service and the database are killed again and again: what was
 * acknowledged is in the log, all of it and once.
 */
@ExtendWith(LecternUp.class)
@Timeout(1800)
class DurabilityProofAcceptanceTests {

	private static final int REPORTS = Proof.size(10_000, 600);

	private static final int READERS = Proof.size(32, 8);

	private static final int SERVICE_KILLS = Proof.size(10, 2);

	private static final int DATABASE_KILLS = Proof.size(3, 1);

	@Test
	void whatIsAcknowledgedIsInTheLogOnce(Lectern lectern) throws Exception {
		List<Reader> readers = IntStream.range(0, READERS).mapToObj((_) -> new Reader(lectern)).toList();
		List<String> readings = readers.stream().map((reader) -> reader.start("fluent-python")).toList();
		long began = System.nanoTime();
		List<KeptReport> acknowledged;
		Map<String, Integer> heard;
		try (ReportLoad load = ReportLoad.begin(lectern, readers, readings, REPORTS)) {
			killMeanwhile(lectern, load);
			acknowledged = load.awaitAll();
			heard = load.heard();
		}
		Duration took = Duration.ofNanos(System.nanoTime() - began);

		List<KeptReport> log = KeptReport.in(lectern, readings);
		assertThat(log).hasSize(REPORTS).isEqualTo(acknowledged);
		assertVersionsWithoutHoles(log);
		assertThat(lectern.sql("progress", "select count(*) = max(position) from event")).as("no hole in the log")
			.isEqualTo("t");
		assertShown(readers, readings, log);
		Proof.report(
				"durability: %d reports by %d readers acknowledged within %d s, while progress-service was killed %d"
						+ " times and PostgreSQL %d times: all are in the log once; answers %s",
				acknowledged.size(), READERS, took.toSeconds(), SERVICE_KILLS, DATABASE_KILLS, heard);
	}

	/**
	 * Each kill at a random place of its share of the load: by the reports that are
	 * acknowledged, so that none comes after the last.
	 */
	private static void killMeanwhile(Lectern lectern, ReportLoad load) throws IOException {
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

	private static void assertVersionsWithoutHoles(List<KeptReport> log) {
		Map<String, List<Integer>> versions = log.stream()
			.collect(Collectors.groupingBy(KeptReport::reading,
					Collectors.mapping(KeptReport::version, Collectors.toList())));
		// The first is the start.
		assertThat(versions).hasSize(READERS)
			.allSatisfy(
					(_, found) -> assertThat(found).isEqualTo(IntStream.range(2, found.size() + 2).boxed().toList()));
	}

	/** The view has come as far as the log and shows each reader's last report. */
	private static void assertShown(List<Reader> readers, List<String> readings, List<KeptReport> log) {
		Map<String, KeptReport> last = log.stream()
			.collect(Collectors.toMap(KeptReport::reading, (report) -> report, (_, later) -> later));
		for (int one = 0; one < READERS; one++) {
			KeptReport report = last.get(readings.get(one));
			readers.get(one).assertAt(report.reading(), report.fraction(), report.cursor());
		}
	}

}
