package lectern.gateway;

import java.util.List;

import lectern.web.AddressRanges;
import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for proxies in front of the gateway, for example one that ends TLS.
 *
 * @param trusted addresses or networks (CIDR) of proxies in front of the gateway,
 * separated by commas; their {@code X-Forwarded-For}, {@code X-Forwarded-Proto} and
 * {@code X-Forwarded-Host} tell the address of the client and what it has asked. Behind a
 * proxy that ends TLS the cookie is secure only with this setting
 * @param proxyProtocol whether these proxies may tell the address of the client by the
 * PROXY protocol, version 1 or 2, at the beginning of a connection. A connection of
 * theirs without it is served, too; one of anybody else with it is closed
 */
@ConfigurationProperties("lectern.proxies")
record ProxySettings(@DefaultValue List<String> trusted, @DefaultValue("false") boolean proxyProtocol) {

	ProxySettings {
		SettingConstraints.require(trusted.stream().allMatch(AddressRanges::isRange), "trusted",
				String.join(",", trusted), "addresses or networks such as 10.0.0.0/8, separated by commas");
		SettingConstraints.require(!proxyProtocol || !trusted.isEmpty(), "trusted", null,
				"the addresses of the proxies, because lectern.proxies.proxy-protocol is true");
	}

}
