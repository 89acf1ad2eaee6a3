package lectern.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import lectern.local.Supervisor.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class SupervisorTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	@TempDir
	Path folder;

	private final List<String> said = new CopyOnWriteArrayList<>();

	private DataFolder data;

	private Supervisor supervisor;

	@BeforeEach
	void open() {
		this.data = DataFolder.open(this.folder, 0);
		RestartPause quick = new RestartPause(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofSeconds(60),
				new Random(7));
		this.supervisor = new Supervisor(this.data, quick, this.said::add);
	}

	@AfterEach
	void close() throws Exception {
		this.supervisor.stop(new Step(Duration.ofSeconds(2), "one", "two"));
		this.data.close();
	}

	@Test
	void startsAProgramAgainWithAGrowingPause() throws Exception {
		this.supervisor.start(new SmallProgram("one", "exit 3", true));

		Awaitility.await().atMost(SOON).until(() -> this.said.size() >= 4);
		assertThat(this.said).first().asString().contains("one ended with exit code 3; starting it again in 0.1 s");
		assertThat(pauses()).startsWith(0.1, 0.2).isSorted().last().isEqualTo(0.4);
	}

	private List<Double> pauses() {
		Pattern pause = Pattern.compile("again in ([0-9.]+) s");
		List<Double> pauses = new ArrayList<>();
		for (String line : this.said.subList(0, 4)) {
			pause.matcher(line).results().forEach((match) -> pauses.add(Double.valueOf(match.group(1))));
		}
		return pauses;
	}

	@Test
	void leavesTheOthersAloneWhenOneDies() throws Exception {
		this.supervisor.start(new SmallProgram("one", "exec sleep 60", true));
		this.supervisor.start(new SmallProgram("two", "exec sleep 60", true));
		long one = pid("one");
		long two = pid("two");

		ProcessHandle.of(two).orElseThrow().destroyForcibly();

		Awaitility.await().atMost(SOON).until(() -> pid("two") != two);
		assertThat(pid("one")).isEqualTo(one);
		assertThat(alive(one)).isTrue();
		assertThat(alive(pid("two"))).isTrue();
	}

	@Test
	void aStopLeavesNoProcessAndNoPidFile() throws Exception {
		this.supervisor.start(new SmallProgram("one", "exec sleep 60", true));
		long pid = pid("one");

		this.supervisor.stop(new Step(Duration.ofSeconds(5), "one"));

		assertThat(alive(pid)).isFalse();
		assertThat(this.data.run()).isEmptyDirectory();
		assertThat(this.said).isEmpty();
	}

	@Test
	void aStopKillsWhatDoesNotEndWithAllItStarted() throws Exception {
		this.supervisor.start(new SmallProgram("one", "trap '' TERM; sleep 60; sleep 60", true));
		ProcessHandle stubborn = ProcessHandle.of(pid("one")).orElseThrow();
		Awaitility.await().atMost(SOON).until(() -> stubborn.children().count() == 1);
		ProcessHandle child = stubborn.children().findFirst().orElseThrow();

		this.supervisor.stop(new Step(Duration.ofMillis(200), "one"));

		Awaitility.await().atMost(SOON).until(() -> !stubborn.isAlive() && !child.isAlive());
		assertThat(this.said).containsExactly("one did not end in time and is killed");
	}

	@Test
	void nothingIsStartedAfterAStop() throws Exception {
		this.supervisor.stop();

		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.supervisor.start(new SmallProgram("one", "exec sleep 60", true)));
	}

	@Test
	void saysWhenAProgramServes() throws Exception {
		this.supervisor.start(new SmallProgram("one", "exec sleep 60", true)).awaitReady(SOON);

		assertThat(this.said).singleElement().asString().matches("one ready after 0\\.\\d s");
	}

	@Test
	void refusesWhenAProgramDoesNotServeInTimeAndShowsTheEndOfItsLog() throws Exception {
		SupervisedProcess process = this.supervisor
			.start(new SmallProgram("one", "echo the sky is falling; exec sleep 60", false));
		Path log = this.data.logs().resolve("one.log");
		Awaitility.await().atMost(SOON).until(() -> Files.size(log) > 0);

		assertThatExceptionOfType(Refusal.class).isThrownBy(() -> process.awaitReady(Duration.ofMillis(200)))
			.withMessageContaining("one did not become ready")
			.withMessageContaining(log.toString())
			.withMessageEndingWith("the sky is falling");
	}

	@Test
	void keepsTheLogOfTheRunBefore() throws Exception {
		Path log = this.data.logs().resolve("one.log");
		Files.writeString(log, "before\n");

		this.supervisor.start(new SmallProgram("one", "echo now; exec sleep 60", true));

		Awaitility.await().atMost(SOON).until(() -> Files.readString(log).equals("now\n"));
		assertThat(this.data.logs().resolve("one.log.1")).hasContent("before");
	}

	@Test
	void aProgramIsOutOfReachOfTheTerminalsCtrlC() throws Exception {
		this.supervisor.start(new SmallProgram("one", "ps -o pgid= -p $$; exec sleep 60", true));
		Path log = this.data.logs().resolve("one.log");

		Awaitility.await().atMost(SOON).until(() -> Files.size(log) > 0);
		assertThat(Files.readString(log).strip()).isEqualTo(Long.toString(pid("one")));
	}

	private long pid(String name) throws IOException {
		return Long.parseLong(Files.readString(this.data.pidFile(name)).strip());
	}

	private static boolean alive(long pid) {
		return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
	}

}
