package lectern.progress.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BackupMeterTests {

	private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

	@Test
	void ageIsThatOfTheFailure(@TempDir Path folder) throws IOException {
		MeterRegistry registry = new SimpleMeterRegistry();
		new BackupConfiguration().backupMeters(new BackupSettings(folder), Clock.fixed(NOW, ZoneOffset.UTC))
			.bindTo(registry);
		assertThat(age(registry, "lectern.archive.failure.age")).isZero();

		Path failed = Files.createFile(folder.resolve("failed"));
		Files.setLastModifiedTime(failed, FileTime.from(NOW.minusSeconds(90)));
		assertThat(age(registry, "lectern.archive.failure.age")).isEqualTo(90);

		Files.delete(failed);
		assertThat(age(registry, "lectern.archive.failure.age")).isZero();
	}

	@Test
	void ageOfTheLastBackupIsThatOfItsFile(@TempDir Path folder) throws IOException {
		MeterRegistry registry = new SimpleMeterRegistry();
		new BackupConfiguration().backupMeters(new BackupSettings(folder), Clock.fixed(NOW, ZoneOffset.UTC))
			.bindTo(registry);

		Path last = Files.createFile(folder.resolve("last"));
		Files.setLastModifiedTime(last, FileTime.from(NOW.minusSeconds(200_000)));

		assertThat(age(registry, "lectern.backup.age")).isEqualTo(200_000);
		assertThat(age(registry, "lectern.archive.failure.age")).isZero();
	}

	private static double age(MeterRegistry registry, String meter) {
		return registry.get(meter).gauge().value();
	}

}
