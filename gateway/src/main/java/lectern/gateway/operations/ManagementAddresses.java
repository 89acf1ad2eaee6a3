package lectern.gateway.operations;

import java.net.URI;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The management addresses of all services.
 *
 * @param catalog the address of catalog-service
 * @param progress the address of progress-service
 * @param gateway the address of this process, which is polled like the others
 */
@ConfigurationProperties("lectern")
record ManagementAddresses(ManagementAddress catalog, ManagementAddress progress, ManagementAddress gateway) {

	private static final String REQUIREMENT = "an address without a path, such as http://127.0.0.1:9082";

	ManagementAddresses {
		SettingConstraints.require(catalog != null, "catalog.management-url", null, REQUIREMENT);
		SettingConstraints.require(progress != null, "progress.management-url", null, REQUIREMENT);
		SettingConstraints.require(gateway != null, "gateway.management-url", null, REQUIREMENT);
	}

	/**
	 * The address of one service.
	 *
	 * @param managementUrl the address of its management port, without a path, of which
	 * the operators' stream reads meters and health
	 */
	record ManagementAddress(URI managementUrl) {

		ManagementAddress {
			SettingConstraints.requireServiceUrl("management-url", managementUrl);
		}

	}

}
