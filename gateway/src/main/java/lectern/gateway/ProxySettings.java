package lectern.gateway;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for proxies in front of the gateway, for example one that ends TLS.
 *
 * @param trusted the addresses of proxies, or networks in CIDR notation, whose
 * {@code X-Forwarded-For}, {@code -Proto} and {@code -Host} are believed
 */
@ConfigurationProperties("lectern.proxies")
record ProxySettings(@DefaultValue List<String> trusted) {

}
