package lectern.progress.account;

import java.net.URI;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/** Registers readers. */
@RestController
@RequestMapping(path = AccountController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class AccountController {

	static final String PATH = "/api/v1/readers";

	private static final ProblemType HANDLE_TAKEN = new ProblemType("handle-taken", HttpStatus.CONFLICT,
			"The handle is taken");

	private static final ProblemType REGISTRATION_CLOSED = new ProblemType("registration-closed", HttpStatus.FORBIDDEN,
			"Registration is closed");

	private final AccountSettings settings;

	private final AccountCreation accounts;

	private final PasswordPolicy passwordPolicy;

	private final PasswordHasher passwordHasher;

	private final RegistrationGuard guard;

	AccountController(AccountSettings settings, AccountCreation accounts, PasswordPolicy passwordPolicy,
			PasswordHasher passwordHasher, RegistrationGuard guard) {
		this.settings = settings;
		this.accounts = accounts;
		this.passwordPolicy = passwordPolicy;
		this.passwordHasher = passwordHasher;
		this.guard = guard;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Account>> post(@RequestBody Mono<RegistrationRequest> body, ServerWebExchange exchange) {
		if (!this.settings.registration()) {
			return Mono.error(Problem.of(REGISTRATION_CLOSED,
					"Public registration is disabled; an operator has to create the account."));
		}
		return body.map((registration) -> registration.validate(this.passwordPolicy))
			.flatMap((valid) -> this.guard.guard(valid.account().reader(), exchange,
					valid.toStoredAccount(this.passwordHasher).flatMap(this::register)))
			.map((registered) -> ResponseEntity.created(URI.create(PATH + "/" + registered.reader())).body(registered));
	}

	private Mono<Account> register(StoredAccount account) {
		return this.accounts.create(account)
			.filter((added) -> added)
			.map((_) -> account.account())
			.switchIfEmpty(Mono.error(() -> Problem
				.of(HANDLE_TAKEN,
						"The handle '" + account.account().reader()
								+ "' belongs to another reader; choose a different one.")
				.at("/reader", "is the handle of another reader")));
	}

}
