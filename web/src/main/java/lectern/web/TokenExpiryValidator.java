package lectern.web;

import java.time.Clock;
import java.time.Instant;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Rejects tokens that have expired or never expire, without tolerance for different
 * clocks.
 */
public final class TokenExpiryValidator implements OAuth2TokenValidator<Jwt> {

	private static final OAuth2Error EXPIRED = new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN,
			"The token has expired or never expires", null);

	private final Clock clock;

	public TokenExpiryValidator(Clock clock) {
		this.clock = clock;
	}

	@Override
	public OAuth2TokenValidatorResult validate(Jwt token) {
		Instant expiry = token.getExpiresAt();
		return (expiry != null && this.clock.instant().isBefore(expiry)) ? OAuth2TokenValidatorResult.success()
				: OAuth2TokenValidatorResult.failure(EXPIRED);
	}

}
