package lectern.progress.erasure;

import java.nio.file.Path;
import java.time.Duration;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the erasure of readers.
 *
 * @param folder where the list of erased accounts is kept, outside of the database; the
 * processes of progress-service share it. Without one, a restored backup brings erased
 * readers back
 * @param handleRetention how long nobody can register the handle of an erased reader: at
 * least as long as a token and a request may last
 */
@ConfigurationProperties("lectern.progress.erasure")
record ErasureSettings(@Nullable Path folder, @DefaultValue("35m") Duration handleRetention) {

	ErasureSettings {
		SettingConstraints.requireFolder("folder", folder);
		SettingConstraints.requireAtLeast(Duration.ZERO, "handle-retention", handleRetention);
	}

}
