package lectern.gateway;

import java.nio.file.Path;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the pages come from.
 *
 * @param sources the folder of the sources of the pages, which are then served as they
 * are, for their development; without one, what the build has made of them is served
 */
@ConfigurationProperties("lectern.pages")
record PageSettings(@Nullable Path sources) {

	PageSettings {
		SettingConstraints.requireFolder("sources", sources);
	}

}
