package lectern.web;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;

import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Creates the decoders of tokens. All services use these, so that the same tokens are
 * valid everywhere: the issuer, the audience and the expiry are required, and no clock is
 * allowed to differ, except that of an outside issuer.
 */
public final class TokenDecoders {

	private TokenDecoders() {
	}

	/**
	 * Create a decoder of valid tokens. Those of an outside issuer get the claims that
	 * our own have.
	 */
	public static ReactiveJwtDecoder create(TokenKeys keys, TokenSettings settings, Clock clock) {
		OidcSettings oidc = settings.oidc();
		if (oidc != null) {
			return createForOutsideIssuer(keys, settings.audience(), oidc, clock);
		}
		return create(keys, JwtValidators.createDefaultWithValidators(List.of(new JwtIssuerValidator(settings.issuer()),
				new JwtAudienceValidator(settings.audience()), new TokenExpiryValidator(clock))));
	}

	/** Our own tokens have one algorithm; an issuer may publish keys for several. */
	private static ReactiveJwtDecoder createForOutsideIssuer(TokenKeys keys, String audience, OidcSettings oidc,
			Clock clock) {
		Set<JWSAlgorithm> algorithms = oidc.algorithms()
			.stream()
			.map((algorithm) -> JWSAlgorithm.parse(algorithm.getName()))
			.collect(Collectors.toSet());
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys::keysFor)
			.validateType(false)
			.jwtProcessorCustomizer((processor) -> processor
				.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, new JWKSecurityContextJWKSet())))
			.build();
		JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt");
		types.setAllowEmpty(true);
		decoder.setClaimSetConverter(new OidcClaims(oidc));
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(types,
				new JwtIssuerValidator(oidc.issuer()), new JwtAudienceValidator(audience),
				new JwtTimestampValidator(oidc.clockSkew()), new TokenExpiryValidator(clock, oidc.clockSkew()))));
		return reportingMissingKeys(decoder);
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
		return reportingMissingKeys(decoder);
	}

	/** Spring reports keys that cannot be obtained as a fault of the program. */
	private static ReactiveJwtDecoder reportingMissingKeys(ReactiveJwtDecoder decoder) {
		return (token) -> decoder.decode(token)
			.onErrorMap(IllegalStateException.class,
					(failure) -> new AuthenticationServiceException("The keys cannot be obtained", failure));
	}

}
