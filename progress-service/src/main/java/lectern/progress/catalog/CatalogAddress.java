package lectern.progress.catalog;

import java.net.URI;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the catalog is.
 *
 * @param url scheme, host and port
 */
@ConfigurationProperties("lectern.catalog")
record CatalogAddress(URI url) {

}
