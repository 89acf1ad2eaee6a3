package lectern.web;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * Settings for tokens of an OpenID Connect issuer outside of Lectern, which replaces
 * sign-in, sessions and roles.
 *
 * @param issuer the issuer outside of Lectern, as its tokens and its discovery document
 * name it; without it our own tokens are used
 * @param readerClaim the claim with the handle of the reader
 * @param rolesClaim the claim with the roles, a list or a text with spaces; dots lead to
 * the members of objects
 * @param curators what the claim calls curators
 * @param operators what the claim calls operators
 * @param algorithms the accepted algorithms, which all have a public key; all that are
 * known if none is given
 * @param clockSkew how far the clock of the issuer may differ
 */
public record OidcSettings(String issuer, @DefaultValue("sub") String readerClaim,
		@DefaultValue("roles") String rolesClaim, @DefaultValue("curator") Set<String> curators,
		@DefaultValue("operator") Set<String> operators, @DefaultValue Set<SignatureAlgorithm> algorithms,
		@DefaultValue("30s") Duration clockSkew) {

	public OidcSettings {
		SettingConstraints.requireText("issuer", issuer);
		SettingConstraints.requireText("reader-claim", readerClaim);
		SettingConstraints.requireText("roles-claim", rolesClaim);
		SettingConstraints.requireTexts("curators", curators);
		SettingConstraints.requireTexts("operators", operators);
		SettingConstraints.requireAtLeast(Duration.ZERO, "clock-skew", clockSkew);
		algorithms = algorithms.isEmpty() ? EnumSet.allOf(SignatureAlgorithm.class) : algorithms;
	}

}
