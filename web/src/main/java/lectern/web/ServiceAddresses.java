package lectern.web;

import java.net.URI;
import java.util.List;

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
	 * The addresses of catalog-service.
	 *
	 * @param url the address of catalog-service, without a path; several of its nodes are
	 * separated by commas
	 */
	public record CatalogAddress(@DefaultValue("http://127.0.0.1:8081") List<URI> url) {

		public CatalogAddress {
			SettingConstraints.requireServiceUrls("url", url);
		}

	}

	/**
	 * The addresses of progress-service.
	 *
	 * @param url the address of progress-service, without a path; several of its nodes
	 * are separated by commas
	 */
	public record ProgressAddress(@DefaultValue("http://127.0.0.1:8082") List<URI> url) {

		public ProgressAddress {
			SettingConstraints.requireServiceUrls("url", url);
		}

	}

}
