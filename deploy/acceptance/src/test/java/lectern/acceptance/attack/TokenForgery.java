package lectern.acceptance.attack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Makes tokens that must not be accepted, from one that is. */
final class TokenForgery {

	private final SignedJWT valid;

	private final ECKey serviceKey;

	private final ECKey ownKey;

	private final URI ownServer;

	/**
	 * @param valid a valid token
	 * @param serviceKey the key that has signed it
	 * @param ownServer where the forger offers keys
	 */
	TokenForgery(String valid, ECKey serviceKey, URI ownServer) throws ParseException, JOSEException {
		this.valid = SignedJWT.parse(valid);
		this.serviceKey = serviceKey;
		this.ownKey = new ECKeyGenerator(Curve.P_256).keyID("own").generate();
		this.ownServer = ownServer;
	}

	/** Return the tokens by what is wrong with them. */
	Map<String, String> tokens() throws JOSEException, ParseException, IOException {
		Map<String, String> tokens = new LinkedHashMap<>();
		addClaims(tokens);
		addHeaders(tokens);
		addKeys(tokens);
		addSignatures(tokens);
		return tokens;
	}

	/** Claims that are wrong, signed as they should be. */
	private void addClaims(Map<String, String> tokens) throws JOSEException, ParseException {
		Date now = new Date();
		tokens.put("other audience", withClaims((claims) -> claims.audience("another-service")));
		tokens.put("no audience", withClaims((claims) -> claims.audience((String) null)));
		tokens.put("other issuer", withClaims((claims) -> claims.issuer("https://attacker.example")));
		tokens.put("no subject", withClaims((claims) -> claims.subject(null)));
		tokens.put("expired a second ago",
				withClaims((claims) -> claims.expirationTime(Date.from(Instant.now().minusSeconds(1)))));
		tokens.put("not valid yet",
				withClaims((claims) -> claims.notBeforeTime(Date.from(now.toInstant().plusSeconds(600)))));
	}

	/** Headers that lead a careless verifier to a key of the forger. */
	private void addHeaders(Map<String, String> tokens) throws JOSEException {
		tokens.put("id of a key that is a path", signed(header().keyID("../../../../../../dev/null").build()));
		tokens.put("id of a key that is SQL", signed(header().keyID("' union select '{}' -- ").build()));
		tokens.put("id of a key that is a command", signed(header().keyID("key|touch /tmp/forged").build()));
		tokens.put("no id of a key", signed(header().build()));
		tokens.put("key in the header", signed(header().jwk(this.ownKey.toPublicJWK()).build()));
		tokens.put("address of keys", signed(header().keyID("own").jwkURL(this.ownServer.resolve("/jwks")).build()));
		tokens.put("address of a certificate",
				signed(header().keyID("own").x509CertURL(this.ownServer.resolve("/certificate")).build()));
		tokens.put("unknown critical header",
				sign(header().keyID(this.serviceKey.getKeyID())
					.criticalParams(Set.of("unknown"))
					.customParam("unknown", 1)
					.build(), claims(), new ECDSASigner(this.serviceKey)));
	}

	private void addKeys(Map<String, String> tokens) throws JOSEException, IOException {
		tokens.put("signed by another key", signed(header().keyID(this.serviceKey.getKeyID()).build()));
		Map<String, byte[]> secrets = Map.of("bytes", this.serviceKey.toECPublicKey().getEncoded(), "JSON",
				this.serviceKey.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8), "PEM",
				("-----BEGIN PUBLIC KEY-----\n"
						+ java.util.Base64.getMimeEncoder(64, new byte[] { '\n' })
							.encodeToString(this.serviceKey.toECPublicKey().getEncoded())
						+ "\n-----END PUBLIC KEY-----\n")
					.getBytes(StandardCharsets.US_ASCII));
		for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
			JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(this.serviceKey.getKeyID()).build();
			tokens.put("public key as a secret, " + secret.getKey(),
					sign(header, claims(), new MACSigner(secret.getValue())));
		}
	}

	private void addSignatures(Map<String, String> tokens) {
		String[] parts = this.valid.serialize().split("\\.");
		for (String none : new String[] { "none", "None", "NONE", "nOnE" }) {
			tokens.put("algorithm " + none, encode("{\"alg\":\"" + none + "\"}") + "." + parts[1] + ".");
		}
		tokens.put("no algorithm", encode("{}") + "." + parts[1] + "." + parts[2]);
		tokens.put("no signature", parts[0] + "." + parts[1] + ".");
		tokens.put("signature of zeros", parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
		tokens.put("half a signature", parts[0] + "." + parts[1] + "." + parts[2].substring(0, 43));
		tokens.put("signature of another token", encode("{\"alg\":\"ES256\"}") + "." + parts[1] + "." + parts[2]);
		String claims = new Base64URL(parts[1]).decodeToString();
		tokens.put("other subject",
				parts[0] + "." + encode(claims.replaceAll("\"sub\":\"[^\"]*\"", "\"sub\":\"admin\"")) + "." + parts[2]);
		tokens.put("second subject",
				parts[0] + "." + encode(claims.replaceFirst("\\{", "{\"sub\":\"admin\",")) + "." + parts[2]);
		tokens.put("five parts", String.join(".", parts[0], parts[1], parts[2], parts[1], parts[2]));
		tokens.put("two parts", parts[0] + "." + parts[1]);
		tokens.put("deep header", encode("{\"alg\":\"ES256\",\"x\":" + "[".repeat(2_400)) + "." + parts[1] + ".AA");
		tokens.put("deep claims", parts[0] + "." + encode("{\"sub\":" + "[".repeat(2_400)) + ".AA");
		tokens.put("header that is no JSON", encode("nonsense") + "." + parts[1] + "." + parts[2]);
		tokens.put("characters that are no base64", "!!!.???.***");
	}

	private static String encode(String json) {
		return Base64URL.encode(json).toString();
	}

	private String withClaims(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException, ParseException {
		JWTClaimsSet claims = change.apply(new JWTClaimsSet.Builder(this.valid.getJWTClaimsSet())).build();
		return sign(header().keyID(this.serviceKey.getKeyID()).build(), claims, new ECDSASigner(this.serviceKey));
	}

	private JWSHeader.Builder header() {
		return new JWSHeader.Builder(JWSAlgorithm.ES256);
	}

	private JWTClaimsSet claims() {
		try {
			return this.valid.getJWTClaimsSet();
		}
		catch (ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Sign the valid claims with the key of the forger. */
	private String signed(JWSHeader header) throws JOSEException {
		return sign(header, claims(), new ECDSASigner(this.ownKey));
	}

	private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
		SignedJWT token = new SignedJWT(header, claims);
		token.sign(signer);
		return token.serialize();
	}

}
