package lectern.gateway.relay;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the short way.
 *
 * @param enabled whether the gateway sends regular requests past Spring's filters;
 * responses are the same without it, and cost several times the CPU
 */
@ConfigurationProperties("lectern.relay")
record RelaySettings(@DefaultValue("true") boolean enabled) {

}
