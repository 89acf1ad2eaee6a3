package lectern.web;

import java.time.Clock;
import java.util.List;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Creates the decoders of tokens. All services use these, so that the same tokens are
 * valid everywhere: the issuer, the audience and the expiry are required, and no clock is
 * allowed to differ.
 */
public final class TokenDecoders {

	private TokenDecoders() {
	}

	/** Create a decoder of valid tokens. */
	public static ReactiveJwtDecoder create(TokenKeys keys, TokenSettings settings, Clock clock) {
		return create(keys, JwtValidators.createDefaultWithValidators(List.of(new JwtIssuerValidator(settings.issuer()),
				new JwtAudienceValidator(settings.audience()), new TokenExpiryValidator(clock))));
	}

	/** Create a decoder that also accepts tokens that have expired. */
	public static ReactiveJwtDecoder createIgnoringExpiry(TokenKeys keys, TokenSettings settings) {
		return create(keys, new DelegatingOAuth2TokenValidator<>(
				List.of(new JwtIssuerValidator(settings.issuer()), new JwtAudienceValidator(settings.audience()))));
	}

	private static ReactiveJwtDecoder create(TokenKeys keys, OAuth2TokenValidator<Jwt> validator) {
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::keysFor)
			.jwsAlgorithm(SignatureAlgorithm.ES256)
			.build();
		decoder.setJwtValidator(validator);
		// Spring reports keys that cannot be obtained as a fault of the program.
		return (token) -> decoder.decode(token)
			.onErrorMap(IllegalStateException.class,
					(failure) -> new AuthenticationServiceException("The keys cannot be obtained", failure));
	}

}
