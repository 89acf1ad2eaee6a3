package lectern.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** Rejects tokens that have expired or never expire. */
public final class TokenExpiryValidator implements OAuth2TokenValidator<Jwt> {

	private static final OAuth2Error EXPIRED = new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN,
			"The token has expired or never expires", null);

	private final Clock clock;

	private final Duration skew;

	/** Create a validator without tolerance for different clocks. */
	public TokenExpiryValidator(Clock clock) {
		this(clock, Duration.ZERO);
	}

	/**
	 * @param skew how long after its expiry a token is accepted
	 */
	TokenExpiryValidator(Clock clock, Duration skew) {
		this.clock = clock;
		this.skew = skew;
	}

	@Override
	public OAuth2TokenValidatorResult validate(Jwt token) {
		Instant expiry = token.getExpiresAt();
		return (expiry != null && this.clock.instant().isBefore(expiry.plus(this.skew)))
				? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(EXPIRED);
	}

}
