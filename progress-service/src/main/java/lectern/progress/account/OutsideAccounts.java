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

	private final AccountRepository accounts;

	private final AccountCreation creation;

	OutsideAccounts(AccountRepository accounts, AccountCreation creation) {
		this.accounts = accounts;
		this.creation = creation;
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
		return this.creation.create(new StoredAccount(new Account(reader, name(reader, token), List.of()), NO_PASSWORD))
			.then(this.accounts.exists(reader));
	}

	private static String name(String reader, Jwt token) {
		String name = (token.getClaims().get(NAME_CLAIM) instanceof String claim)
				? claim.replaceAll("\\p{C}", " ").strip() : "";
		return ReaderName.ReaderNameValidator.isValid(name) ? name : reader;
	}

}
