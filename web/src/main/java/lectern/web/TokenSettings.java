package lectern.web;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for checking tokens, the same in all services.
 *
 * @param issuer the {@code iss} claim that tokens must have
 * @param audience what must be in the {@code aud} claim of tokens
 * @param keysUrl where the keys that verify tokens are published; null in the service
 * that has them itself
 * @param folder keeps the keys and the ended sessions over a restart, so that they are
 * known while progress-service is away; null keeps nothing
 * @param oidc the issuer outside of Lectern that replaces our own; null if there is none
 */
@ConfigurationProperties("lectern.tokens")
public record TokenSettings(@DefaultValue("lectern") String issuer, @DefaultValue("lectern") String audience,
		@Nullable URI keysUrl, @Nullable Path folder, @Nullable OidcSettings oidc) {

}
