package lectern.gateway;

import java.util.Set;

import lectern.web.AllowedHosts;
import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the hosts that clients ask for.
 *
 * @param allowed host names and addresses, separated by commas, without a port, that
 * requests may have in their header {@code Host}, beside those of the loopback interface;
 * requests for others get 400. If none is given, all are allowed
 */
@ConfigurationProperties("lectern.hosts")
record HostSettings(@DefaultValue Set<String> allowed) {

	HostSettings {
		SettingConstraints.require(allowed.stream().allMatch(AllowedHosts::isName), "allowed",
				String.join(",", allowed), "host names such as lectern.example.org, separated by commas");
	}

}
