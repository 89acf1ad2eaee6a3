package lectern.progress.account;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Gives readers whom an outside issuer knows an account, at their first request. It has
 * no password and no roles: those are in each token.
 */
class OutsideAccounts {

	/** No password has this hash. */
	private static final String NO_PASSWORD = "none";

	private static final String NAME_CLAIM = "name";

	private static final int MAX_NAME_LENGTH = 100;

	private final AccountRepository accounts;

	OutsideAccounts(AccountRepository accounts) {
		this.accounts = accounts;
	}

	/**
	 * Tell whether the reader of a valid token has an account, which is created if the
	 * handle may be registered.
	 * @return cold
	 */
	Mono<Boolean> hasAccount(Jwt token) {
		return Mono.justOrEmpty(token.getSubject())
			.flatMap((reader) -> this.accounts.exists(reader)
				.filter((exists) -> exists || HandlePolicy.violation(reader) != null)
				.switchIfEmpty(Mono.defer(() -> create(reader, token))));
	}

	/** Another request of the reader may do so at the same time. */
	private Mono<Boolean> create(String reader, Jwt token) {
		return this.accounts.insert(new StoredAccount(new Account(reader, name(reader, token), List.of()), NO_PASSWORD))
			.then(this.accounts.exists(reader));
	}

	private static String name(String reader, Jwt token) {
		String name = (token.getClaims().get(NAME_CLAIM) instanceof String claim)
				? claim.replaceAll("\\p{C}", " ").strip() : "";
		return (name.isEmpty() || name.length() > MAX_NAME_LENGTH) ? reader : name;
	}

}
