package lectern.progress.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters of backups, if it is known where to look. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${lectern.progress.backup.folder:}' != ''")
class BackupConfiguration {

	@Bean
	MeterBinder backupMeters(BackupSettings settings, Clock clock) {
		return (MeterRegistry registry) -> {
			Path folder = settings.folder();
			if (folder != null) {
				Path failed = folder.resolve("failed");
				Path last = folder.resolve("last");
				BackupMeter.ARCHIVE_FAILURE_AGE.secondsGauge(registry, () -> secondsSince(failed, clock.instant()));
				BackupMeter.BACKUP_AGE.secondsGauge(registry, () -> secondsSince(last, clock.instant()));
			}
		};
	}

	/**
	 * The time of the file is read without opening it, as the free space of a disk is.
	 */
	private static double secondsSince(Path file, Instant now) {
		long modified = file.toFile().lastModified();
		return (modified == 0) ? 0
				: Math.max(0, Duration.between(Instant.ofEpochMilli(modified), now).toMillis() / 1e3);
	}

}
