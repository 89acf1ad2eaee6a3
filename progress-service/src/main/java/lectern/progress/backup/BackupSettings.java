package lectern.progress.backup;

import java.nio.file.Path;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for the meter of backups.
 *
 * @param folder where a file {@code failed} is while the write-ahead log cannot be copied
 * to the backups; without one, the meter {@code lectern.archive.failure.age} is missing
 */
@ConfigurationProperties("lectern.progress.backup")
record BackupSettings(@Nullable Path folder) {

	BackupSettings {
		SettingConstraints.requireFolder("folder", folder);
	}

}
