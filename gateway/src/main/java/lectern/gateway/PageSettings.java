package lectern.gateway;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the pages come from.
 *
 * @param sources the folder of their sources, which are then served as they are, and read
 * again for each request; null to serve what the build has made of them
 */
@ConfigurationProperties("lectern.pages")
record PageSettings(@Nullable Path sources) {
}
