package lectern.web;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Translates the claims of an outside issuer's token to those of our own tokens, so that
 * nothing else has to know where a token comes from.
 */
final class OidcClaims implements Converter<Map<String, Object>, Map<String, Object>> {

	/**
	 * The form of handles, which no claim is changed to: two readers could become one.
	 */
	private static final Pattern HANDLE = Pattern.compile("[a-z0-9-]{2,40}");

	private static final Set<String> OUR_CLAIMS = Set.of(TokenSession.ID_CLAIM, TokenSession.END_CLAIM,
			TokenSession.KEY_CLAIM, TokenSession.ROLES_ID_CLAIM);

	private final MappedJwtClaimSetConverter standardClaims = MappedJwtClaimSetConverter.withDefaults(Map.of());

	private final OidcSettings settings;

	OidcClaims(OidcSettings settings) {
		this.settings = settings;
	}

	/**
	 * @throws IllegalArgumentException if the token names no reader who could have an
	 * account
	 */
	@Override
	public Map<String, Object> convert(Map<String, Object> claims) {
		Map<String, Object> converted = new HashMap<>(this.standardClaims.convert(claims));
		converted.put(JwtClaimNames.SUB, reader(claims));
		converted.put(TokenSecurity.ROLES, roles(claims));
		// The issuer's sessions are not ours.
		converted.keySet().removeAll(OUR_CLAIMS);
		return converted;
	}

	private String reader(Map<String, Object> claims) {
		if (find(claims, this.settings.readerClaim()) instanceof String handle && HANDLE.matcher(handle).matches()) {
			return handle;
		}
		throw new IllegalArgumentException("The claim " + this.settings.readerClaim() + " is not a handle");
	}

	private List<String> roles(Map<String, Object> claims) {
		List<String> granted = texts(find(claims, this.settings.rolesClaim()));
		return Stream
			.of(Map.entry("curator", this.settings.curators()), Map.entry("operator", this.settings.operators()))
			.filter((role) -> role.getValue().stream().anyMatch(granted::contains))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static List<String> texts(@Nullable Object claim) {
		return switch (claim) {
			case String text -> Arrays.asList(text.split(" "));
			case Collection<?> values ->
				values.stream().filter(String.class::isInstance).map(String.class::cast).toList();
			case null, default -> List.of();
		};
	}

	/** A claim with the whole name goes first, because names that are URLs have dots. */
	private static @Nullable Object find(Map<?, ?> claims, String name) {
		int dot = name.indexOf('.');
		if (claims.containsKey(name) || dot < 0) {
			return claims.get(name);
		}
		return (claims.get(name.substring(0, dot)) instanceof Map<?, ?> members)
				? find(members, name.substring(dot + 1)) : null;
	}

}
