package lectern.web;

import java.net.URI;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services find each other.
 *
 * @param catalog catalog-service
 * @param progress progress-service
 */
@ConfigurationProperties("lectern")
public record ServiceAddresses(@DefaultValue CatalogAddress catalog, @DefaultValue ProgressAddress progress) {

	/**
	 * The address of catalog-service.
	 *
	 * @param url the address of catalog-service, without a path
	 */
	public record CatalogAddress(@DefaultValue("http://127.0.0.1:8081") URI url) {

		public CatalogAddress {
			SettingConstraints.requireServiceUrl("url", url);
		}

	}

	/**
	 * The address of progress-service.
	 *
	 * @param url the address of progress-service, without a path
	 */
	public record ProgressAddress(@DefaultValue("http://127.0.0.1:8082") URI url) {

		public ProgressAddress {
			SettingConstraints.requireServiceUrl("url", url);
		}

	}

}
