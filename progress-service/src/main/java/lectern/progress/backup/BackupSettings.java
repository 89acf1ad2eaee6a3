package lectern.progress.backup;

import java.nio.file.Path;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for the meters of backups.
 *
 * @param folder where a file {@code failed} is while the write-ahead log cannot be copied
 * to the backups, and a file {@code last} that is as old as the last backup; without one,
 * the meters {@code lectern.archive.failure.age} and {@code lectern.backup.age} are
 * missing
 */
@ConfigurationProperties("lectern.progress.backup")
record BackupSettings(@Nullable Path folder) {

	BackupSettings {
		SettingConstraints.requireFolder("folder", folder);
	}

}
