package lectern.progress.catalogreplica;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the catalog is.
 *
 * @param url scheme, host and port
 */
@ConfigurationProperties("lectern.catalog")
record CatalogServiceProperties(URI url) {

}
