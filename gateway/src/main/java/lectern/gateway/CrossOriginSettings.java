package lectern.gateway;

import java.util.List;
import java.util.regex.Pattern;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for pages of other origins.
 *
 * @param allowedOrigins origins, separated by commas, whose pages may use what is
 * private, with a Bearer token; public reads need no permission. Each as browsers send
 * it: scheme, host in lower case, and the port unless it is the default
 */
@ConfigurationProperties("lectern.cross-origin")
record CrossOriginSettings(@DefaultValue List<String> allowedOrigins) {

	/** Browsers send the host in lower case and leave out the default port. */
	private static final Pattern ORIGIN = Pattern
		.compile("http://[a-z0-9.\\[\\]:_-]+(?<!:80)|https://[a-z0-9.\\[\\]:_-]+(?<!:443)");

	/** An origin in another form would never be equal to one that a browser sends. */
	CrossOriginSettings {
		allowedOrigins = List.copyOf(allowedOrigins);
		SettingConstraints.require(allowedOrigins.stream().allMatch((origin) -> ORIGIN.matcher(origin).matches()),
				"allowed-origins", String.join(",", allowedOrigins),
				"origins, separated by commas: scheme and host in lower case, with the port unless it is the default, "
						+ "such as https://reader.example or http://localhost:3000");
	}

	/** Tell whether the pages of an origin may use what is private. */
	boolean allows(String origin) {
		return this.allowedOrigins.contains(origin);
	}

}
