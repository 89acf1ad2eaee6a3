package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import lectern.launcher.Supervisor.ShutdownPhase;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SupervisorTests {

	@TempDir
	Path folder;

	private final List<String> consoleLines = new CopyOnWriteArrayList<>();

	private DataFolder data;

	private Supervisor supervisor;

	@BeforeEach
	void open() {
		this.data = DataFolder.open(this.folder, 0);
		RestartBackoff backoff = new RestartBackoff(Duration.ofMillis(100), Duration.ofMillis(400),
				Duration.ofSeconds(60), new Random(7));
		this.supervisor = new Supervisor(this.data, backoff, this.consoleLines::add);
	}

	@AfterEach
	void close() throws Exception {
		this.supervisor.stop(new ShutdownPhase(Duration.ofSeconds(2), "one", "two"));
		this.data.close();
	}

	@Test
	void restartsExitedProgramWithGrowingDelay() throws Exception {
		this.supervisor.start(new ShellProgram("one", "exit 3", true));

		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.consoleLines.size() >= 4);
		assertThat(this.consoleLines).first().asString().contains("one ended with exit code 3; restarting it in 0.1 s");
		assertThat(delays()).startsWith(0.1, 0.2).isSorted().last().isEqualTo(0.4);
	}

	private List<Double> delays() {
		Pattern delay = Pattern.compile("restarting it in ([0-9.]+) s");
		List<Double> delays = new ArrayList<>();
		for (String line : this.consoleLines.subList(0, 4)) {
			delay.matcher(line).results().forEach((match) -> delays.add(Double.valueOf(match.group(1))));
		}
		return delays;
	}

	@Test
	void killedProgramIsRestartedWithoutAffectingOthers() throws Exception {
		this.supervisor.start(new ShellProgram("one", "exec sleep 60", true));
		this.supervisor.start(new ShellProgram("two", "exec sleep 60", true));
		long one = pid("one");
		long two = pid("two");

		ProcessHandle.of(two).orElseThrow().destroyForcibly();

		Awaitility.await().atMost(HANG_LIMIT).until(() -> pid("two") != two);
		assertThat(pid("one")).isEqualTo(one);
		assertThat(isAlive(one)).isTrue();
		assertThat(isAlive(pid("two"))).isTrue();
	}

	@Test
	void stopRemovesProcessAndPidFile() throws Exception {
		this.supervisor.start(new ShellProgram("one", "exec sleep 60", true));
		long pid = pid("one");

		this.supervisor.stop(new ShutdownPhase(Duration.ofSeconds(5), "one"));

		assertThat(isAlive(pid)).isFalse();
		assertThat(this.data.pidFolder()).isEmptyDirectory();
		assertThat(this.consoleLines).isEmpty();
	}

	@Test
	void stopKillsUnresponsiveProgramAndItsChildren() throws Exception {
		this.supervisor.start(new ShellProgram("one", "trap '' TERM; sleep 60; sleep 60", true));
		ProcessHandle unresponsive = ProcessHandle.of(pid("one")).orElseThrow();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> unresponsive.children().count() == 1);
		ProcessHandle child = unresponsive.children().findFirst().orElseThrow();

		this.supervisor.stop(new ShutdownPhase(Duration.ofMillis(200), "one"));

		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> !OrphanReaper.isRunning(unresponsive) && !OrphanReaper.isRunning(child));
		assertThat(this.consoleLines).containsExactly("one did not stop in time and is killed");
	}

	@Test
	void startAfterStopIsRejected() throws Exception {
		this.supervisor.stop();

		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.supervisor.start(new ShellProgram("one", "exec sleep 60", true)));
	}

	@Test
	void printsMessageWhenProgramIsReady() throws Exception {
		this.supervisor.start(new ShellProgram("one", "exec sleep 60", true)).awaitReady(HANG_LIMIT);

		assertThat(this.consoleLines).singleElement().asString().matches("one is ready after \\d+\\.\\d s");
	}

	@Test
	void readyTimeoutFailsWithTailOfLog() throws Exception {
		SupervisedProcess process = this.supervisor
			.start(new ShellProgram("one", "echo cause of the failure; exec sleep 60", false));
		Path log = this.data.logFolder().resolve("one.log");
		Awaitility.await().atMost(HANG_LIMIT).until(() -> Files.size(log) > 0);

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> process.awaitReady(Duration.ofMillis(200)))
			.withMessageContaining("one did not become ready")
			.withMessageContaining("made no progress")
			.withMessageContaining(log.toString())
			.withMessageEndingWith("cause of the failure");
	}

	@Test
	void workOfOtherProgramCountsAsProgress() throws Exception {
		SupervisedProcess worker = this.supervisor
			.start(new ShellProgram("one", "while [ ! -e " + this.folder + "/done ]; do :; done; exec sleep 60", true));
		SupervisedProcess waiting = this.supervisor.start(new ShellProgram("two", "exec sleep 60", false));
		CompletableFuture<@Nullable Void> start = CompletableFuture.runAsync(() -> {
			try {
				waiting.awaitReady(Duration.ofSeconds(1), worker);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});

		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> start.get(4, TimeUnit.SECONDS));
		Files.createFile(this.folder.resolve("done"));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> start.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS))
			.withCauseInstanceOf(StartupException.class);
	}

	@Test
	void startRotatesPreviousLog() throws Exception {
		Path log = this.data.logFolder().resolve("one.log");
		Files.writeString(log, "before\n");

		this.supervisor.start(new ShellProgram("one", "echo now; exec sleep 60", true));

		Awaitility.await().atMost(HANG_LIMIT).until(() -> Files.readString(log).equals("now\n"));
		assertThat(this.data.logFolder().resolve("one.log.1")).hasContent("before");
	}

	@Test
	void programRunsInItsOwnProcessGroup() throws Exception {
		this.supervisor.start(new ShellProgram("one", "ps -o pgid= -p $$; exec sleep 60", true));
		Path log = this.data.logFolder().resolve("one.log");

		Awaitility.await().atMost(HANG_LIMIT).until(() -> Files.size(log) > 0);
		assertThat(Files.readString(log).strip()).isEqualTo(Long.toString(pid("one")));
	}

	private long pid(String name) throws IOException {
		return Long.parseLong(Files.readString(this.data.pidFile(name)).strip());
	}

	private static boolean isAlive(long pid) {
		return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
	}

}
