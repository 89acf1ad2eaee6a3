package lectern.web;

import java.net.URI;
import java.nio.file.Path;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for checking tokens, the same in all services.
 *
 * @param issuer the claim {@code iss} that tokens get and must have
 * @param audience what must be in the claim {@code aud} of tokens
 * @param keysUrl where the keys that verify tokens are published; without it
 * {@code /.well-known/jwks.json} of progress-service, which has them itself
 * @param folder keeps ended sessions and public keys, so that a service that starts while
 * progress-service is away still rejects what it rejected before; without one, it waits
 * @param oidc the issuer outside of Lectern that replaces our own; null if there is none
 */
@ConfigurationProperties("lectern.tokens")
public record TokenSettings(@DefaultValue("lectern") String issuer, @DefaultValue("lectern") String audience,
		@Nullable URI keysUrl, @Nullable Path folder, @NestedConfigurationProperty @Nullable OidcSettings oidc) {

	public TokenSettings {
		SettingConstraints.requireText("issuer", issuer);
		SettingConstraints.requireText("audience", audience);
		SettingConstraints.requireUrl("keys-url", keysUrl);
		SettingConstraints.requireFolder("folder", folder);
	}

}
