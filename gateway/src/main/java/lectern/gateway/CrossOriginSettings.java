package lectern.gateway;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for pages of other origins.
 *
 * @param allowedOrigins the origins whose pages may use what is private, with a Bearer
 * token: scheme, host and port as browsers send them
 */
@ConfigurationProperties("lectern.cross-origin")
record CrossOriginSettings(@DefaultValue List<String> allowedOrigins) {

}
