package lectern.progress.catalogreplica;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for reaching the catalog service.
 *
 * @param url scheme, host and port
 */
@ConfigurationProperties("lectern.catalog")
record CatalogServiceProperties(URI url) {

}
