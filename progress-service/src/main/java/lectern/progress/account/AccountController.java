package lectern.progress.account;

import java.net.URI;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Readers' accounts over HTTP. */
@RestController
@RequestMapping(path = AccountController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class AccountController {

	static final String PATH = "/api/v1/readers";

	private static final ProblemType HANDLE_TAKEN = new ProblemType("handle-taken", HttpStatus.CONFLICT,
			"The handle is taken");

	private static final ProblemType REGISTRATION_CLOSED = new ProblemType("registration-closed", HttpStatus.FORBIDDEN,
			"Registration is closed");

	private final AccountSettings settings;

	private final AccountRepository accounts;

	private final PasswordHasher passwordHasher;

	AccountController(AccountSettings settings, AccountRepository accounts, PasswordHasher passwords) {
		this.settings = settings;
		this.accounts = accounts;
		this.passwordHasher = passwords;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Account>> post(@RequestBody Mono<RegistrationRequest> sent) {
		if (!this.settings.registration()) {
			return Mono.error(Problem.of(REGISTRATION_CLOSED, "No accounts are made here for the asking."));
		}
		return sent.flatMap((registration) -> registration.toStoredAccount(this.passwordHasher))
			.flatMap(this::register)
			.map((account) -> ResponseEntity.created(URI.create(PATH + "/" + account.reader())).body(account));
	}

	private Mono<Account> register(StoredAccount wanted) {
		return this.accounts.insert(wanted)
			.filter((added) -> added)
			.map((_) -> wanted.account())
			.switchIfEmpty(Mono.error(() -> Problem.of(HANDLE_TAKEN,
					"The handle '" + wanted.account().reader() + "' belongs to somebody; choose another.")));
	}

	/** Only the reader itself comes this far. */
	@GetMapping("/{reader}")
	Mono<Account> get(@PathVariable String reader) {
		return this.accounts.find(reader)
			.map(StoredAccount::account)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "There is no such reader.")));
	}

}
