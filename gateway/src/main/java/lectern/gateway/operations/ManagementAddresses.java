package lectern.gateway.operations;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where each service tells how it is.
 *
 * @param catalog of catalog-service
 * @param progress of progress-service
 * @param gateway of this very process, which is asked as the others are
 */
@ConfigurationProperties("lectern")
record ManagementAddresses(ManagementAddress catalog, ManagementAddress progress, ManagementAddress gateway) {

	/**
	 * One service's.
	 *
	 * @param managementUrl without a path
	 */
	record ManagementAddress(URI managementUrl) {
	}

}
