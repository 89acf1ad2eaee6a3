package lectern.acceptance;

import java.io.IOException;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Makes tokens with the key of progress-service, valid and otherwise. */
public final class ServiceTokens {

	private final ECKey key;

	/** Read the key from the database of the service. */
	public ServiceTokens(LecternInstance lectern) throws SQLException, IOException, ParseException {
		this.key = ECKey.parse(lectern.queryValue("progress", "select jwk from signing_key"));
	}

	/** Return a token as it would be if it had expired a minute ago. */
	public String expired(String token) throws ParseException, JOSEException {
		JWTClaimsSet claims = new JWTClaimsSet.Builder(SignedJWT.parse(token).getJWTClaimsSet())
			.issueTime(Date.from(Instant.now().minusSeconds(1_860)))
			.expirationTime(Date.from(Instant.now().minusSeconds(60)))
			.build();
		return sign(claims, JWSAlgorithm.ES256, new ECDSASigner(this.key));
	}

	/**
	 * Return the headers that an identity sends. Those of a key have none of these
	 * tokens.
	 * @param owner the reader in the path
	 * @param other another reader, who also has an account
	 */
	Map<String, String> headers(AccessIdentity identity, String owner, String other) {
		String token = token(identity, identity.isOwner() ? owner : other);
		return switch (identity) {
			case NONE -> Map.of();
			case CROSS_ORIGIN_COOKIE -> Map.of("Cookie", "lectern-token=" + token, "Origin", "http://127.0.0.1:1",
					"Sec-Fetch-Site", "same-site");
			default -> Map.of("Authorization", "Bearer " + token);
		};
	}

	private String token(AccessIdentity identity, String reader) {
		Instant expiry = Instant.now().plus(Duration.ofMinutes((identity == AccessIdentity.EXPIRED) ? -1 : 30));
		JWTClaimsSet claims = new JWTClaimsSet.Builder().subject(reader)
			.issuer((identity == AccessIdentity.OTHER_ISSUER) ? "https://issuer.example" : "lectern")
			.audience("lectern")
			.claim("roles", List.copyOf(identity.roles()))
			.claim("sid", UUID.randomUUID().toString())
			.claim("session_exp", Instant.now().plus(Duration.ofDays(1)).getEpochSecond())
			.expirationTime((identity == AccessIdentity.WITHOUT_EXPIRY) ? null : Date.from(expiry))
			.build();
		try {
			return switch (identity) {
				case ALG_NONE ->
					ForgedTokens.withAlgorithmNone(sign(claims, JWSAlgorithm.ES256, new ECDSASigner(this.key)));
				case HS256 -> sign(claims, JWSAlgorithm.HS256, new MACSigner(this.key.toECPublicKey().getEncoded()));
				default -> sign(claims, JWSAlgorithm.ES256, new ECDSASigner(this.key));
			};
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The key pair that signs the tokens of the service. */
	public ECKey key() {
		return this.key;
	}

	private String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(this.key.getKeyID()).build(), claims);
		token.sign(signer);
		return token.serialize();
	}

}
