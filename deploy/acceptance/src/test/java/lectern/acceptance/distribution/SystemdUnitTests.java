package lectern.acceptance.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import lectern.web.setting.StartFault;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The units of systemd, as its own tool judges them. */
class SystemdUnitTests {

	private static final Path SOURCES = Modules.ROOT.resolve("deploy/distribution/src/main/systemd");

	private static final String PROGRAM = "/opt/lectern/bin/lectern";

	/**
	 * Ten times the level of exposure that systemd-analyze calls good; lower is better.
	 */
	private static final int MAX_EXPOSURE = 20;

	private static final String TIMER = "lectern-backup.timer";

	/** The first version that judges the security of a file. */
	private static final int MIN_VERSION = 250;

	@TempDir
	private static Path folder;

	private static List<Path> units;

	/** The tool looks for the program, so each unit names the one of the checkout. */
	@BeforeAll
	static void copyUnits() throws Exception {
		assumeThat(version()).as("the version of systemd-analyze, 0 if there is none")
			.isGreaterThanOrEqualTo(MIN_VERSION);
		units = new ArrayList<>();
		try (Stream<Path> sources = Files.list(SOURCES)) {
			for (Path source : sources.filter((file) -> file.toString().endsWith(".service")).toList()) {
				String text = Files.readString(source);
				assertThat(text).contains("ExecStart=" + PROGRAM);
				units.add(Files.writeString(folder.resolve(source.getFileName()),
						text.replace(PROGRAM, Modules.ROOT.resolve("lectern").toString())));
			}
		}
		assertThat(units).hasSize(2 + Modules.SERVICES.size());
	}

	@Test
	void unitsHaveNoFault() throws Exception {
		List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
		units.forEach((unit) -> command.add(unit.toString()));
		command.add(Files.copy(SOURCES.resolve(TIMER), folder.resolve(TIMER)).toString());

		try (StartedCommand verify = StartedCommand.start(new ProcessBuilder(command))) {
			assertThat(verify.awaitExitCode()).as(String.join("\n", verify.lines())).isZero();
			assertThat(verify.lines()).isEmpty();
		}
	}

	@Test
	void unitsExposeLittle() throws Exception {
		for (Path unit : units) {
			ProcessBuilder security = new ProcessBuilder("systemd-analyze", "security", "--no-pager", "--offline=true",
					"--threshold=" + MAX_EXPOSURE, unit.toString());
			try (StartedCommand command = StartedCommand.start(security)) {
				assertThat(command.awaitExitCode()).as(String.join("\n", command.lines())).isZero();
			}
		}
	}

	@Test
	void unitsThatRestartDoNotRepeatARefusedStart() throws Exception {
		for (Path unit : units) {
			List<String> lines = Files.readAllLines(unit);
			if (lines.stream().anyMatch((line) -> line.startsWith("Restart="))) {
				assertThat(lines).as(unit.toString()).contains("RestartPreventExitStatus=" + StartFault.EXIT_CODE);
			}
			else {
				assertThat(lines).as(unit.toString()).contains("Type=oneshot");
			}
		}
	}

	private static int version() throws InterruptedException {
		try (StartedCommand version = StartedCommand.start(new ProcessBuilder("systemd-analyze", "--version"))) {
			version.awaitExitCode();
			return Integer.parseInt(version.lines().getFirst().split(" ")[1]);
		}
		catch (IOException _) {
			return 0;
		}
	}

}
