package lectern.gateway.operations;

import java.net.URI;

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

	/**
	 * The address of one service.
	 *
	 * @param managementUrl the URL of its management port, without a path
	 */
	record ManagementAddress(URI managementUrl) {
	}

}
