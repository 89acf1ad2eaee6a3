package lectern.acceptance.monitoring;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lectern.acceptance.CuratorClient;
import lectern.acceptance.FixedRateWriter;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.TestScale;
import lectern.bench.crowd.Crowd;
import lectern.bench.crowd.CrowdListener;
import lectern.bench.crowd.CrowdPlan;
import lectern.bench.crowd.ReadRate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Faults made on purpose: the alert fires, the queries of the runbook show the cause, and
 * when the fault is gone the alert ends. All times of the rules are a tenth of what they
 * are. It prints what was seen, by the minutes of the rules.
 */
@EnabledIf(value = "isEnabled", disabledReason = "It runs with -Pproof, and if there is a prometheus on the PATH")
@Timeout(900)
class FaultAlertsAcceptanceTests {

	private static final int PACE = 10;

	/** So many fail at once that a single fault is not a matter of one client. */
	private static final int ACTORS = 10;

	private static final int SILENT_CLIENTS = 30;

	private static final List<String> LARGE = Collections.nCopies(48, "x".repeat(1_000));

	private static SmallDisk disk;

	private static LecternInstance lectern;

	private static PrometheusServer prometheus;

	private static BackgroundLoad load;

	static boolean isEnabled() {
		return TestScale.isFull() && PrometheusServer.isInstalled();
	}

	@BeforeAll
	static void start(@TempDir Path diskFolder, @TempDir Path prometheusFolder) throws Exception {
		disk = SmallDisk.mount(diskFolder.toRealPath());
		lectern = LecternInstance.start(disk.folder().resolve("data"));
		prometheus = PrometheusServer.start(lectern, prometheusFolder, PACE);
		load = BackgroundLoad.start(lectern, ACTORS);
	}

	@AfterAll
	static void stop() throws Exception {
		if (load != null) {
			load.close();
		}
		if (prometheus != null) {
			prometheus.close();
		}
		if (lectern != null) {
			lectern.close();
		}
		disk.close();
	}

	@Test
	void serviceThatStandsStill() throws Exception {
		prove("progress-service stands still", Set.of("LecternServiceDown", "LecternGatewayTimeouts"), () -> {
			lectern.suspend("progress-service");
			return () -> lectern.resume("progress-service");
		});
	}

	@Test
	void databaseThatDoesNotAnswer() throws Exception {
		prove("the database does not answer", Set.of("LecternServiceUnready"), () -> {
			signalDatabase("STOP");
			return () -> signalDatabase("CONT");
		});
	}

	@Test
	void diskThatIsNearlyFull() throws Exception {
		assumeThat(disk.isMounted()).as("a disk can be mounted").isTrue();
		prove("the disk is nearly full", Set.of("LecternDiskNearlyFull"), () -> disk.fill(0.04));
	}

	@Test
	void subscribersThatTakeNothing() throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		curator.saveBook("for-silent-clients", "Silence");
		prove("subscribers take nothing", Set.of("LecternSlowClients"), () -> {
			Crowd silent = Crowd.open(CrowdPlan.of(lectern.port(), SILENT_CLIENTS, "/api/v1/catalog/events")
				.withReadRate((_) -> ReadRate.NONE)
				.withoutReconnect(), CrowdListener.noOp());
			assertThat(silent.awaitOpen(SILENT_CLIENTS, HANG_LIMIT)).isTrue();
			FixedRateWriter writer = FixedRateWriter.start(20,
					(number) -> curator.updateBook("for-silent-clients", Map.of("title", "Silence " + number, "authors",
							List.of("A. Author"), "language", "en", "keyPoints", LARGE)));
			return () -> {
				writer.stop();
				silent.close();
			};
		});
	}

	@Test
	void appendThatFails() throws Exception {
		prove("appends fail", Set.of("LecternAppendsFailing"), () -> {
			execute("alter table event add constraint no_event check (false) not valid");
			return () -> execute("alter table event drop constraint no_event");
		});
	}

	/**
	 * Make a fault, wait for its alerts, end it, and wait for their end.
	 * @param begin begins the fault and returns what ends it
	 */
	private static void prove(String name, Set<String> alerts, Callable<FaultEnd> begin) throws Exception {
		AlertTimeline timeline = new AlertTimeline(prometheus, name, PACE);
		timeline.await((firing) -> Collections.disjoint(firing, alerts));
		timeline.print("the fault begins");
		FaultEnd fault = begin.call();
		try {
			timeline.await((firing) -> firing.containsAll(alerts));
			timeline.print("all expected alerts fire");
			for (RunbookSection section : RunbookSection.readAll()) {
				if (alerts.contains(section.alert())) {
					printRunbook(timeline, section);
				}
			}
			timeline.print("the fault is ended");
		}
		finally {
			fault.end();
		}
		timeline.await((firing) -> Collections.disjoint(firing, alerts));
		timeline.print("the alerts have ended");
	}

	private static void printRunbook(AlertTimeline timeline, RunbookSection section) throws Exception {
		for (String query : section.queries()) {
			timeline.print("runbook of %s: %s".formatted(section.alert(), query));
			prometheus.query(RuleTimes.divide(query, PACE))
				.valueStream()
				.forEach((sample) -> timeline
					.print("  %s %s".formatted(sample.path("metric"), sample.path("value").path(1).asString())));
		}
	}

	/** The sessions of PostgreSQL are processes of their own. */
	private static void signalDatabase(String signal) throws IOException, InterruptedException {
		ProcessHandle server = ProcessHandle.of(lectern.pid("postgresql")).orElseThrow();
		for (ProcessHandle process : Stream.concat(Stream.of(server), server.descendants()).toList()) {
			Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
			assertThat(kill.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
	}

	private static void execute(String statement) throws IOException, SQLException {
		try (Connection connection = lectern.connect("progress"); Statement sql = connection.createStatement()) {
			sql.execute(statement);
		}
	}

}
