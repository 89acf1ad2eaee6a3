package lectern.progress.account;

import java.time.Clock;
import java.util.List;
import java.util.Set;

import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;

/** What an operator of the machine may do with any account, without its password. */
@Component
class AccountAdministration {

	/** The most that a page of a list has; a reader has few sessions. */
	private static final String MAX_SESSIONS = "200";

	private final AccountRepository accounts;

	private final RoleRepository roles;

	private final SessionRepository sessionRepository;

	private final Sessions sessions;

	private final PasswordPolicy passwordPolicy;

	private final PasswordHasher passwordHasher;

	private final SecurityEventLog events;

	private final Clock clock;

	AccountAdministration(AccountRepository accounts, RoleRepository roles, SessionRepository sessionRepository,
			Sessions sessions, PasswordPolicy passwordPolicy, PasswordHasher passwordHasher, SecurityEventLog events,
			Clock clock) {
		this.accounts = accounts;
		this.roles = roles;
		this.sessionRepository = sessionRepository;
		this.sessions = sessions;
		this.passwordPolicy = passwordPolicy;
		this.passwordHasher = passwordHasher;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Return the roles of an account; cold; fails with a {@link Problem}, as all methods.
	 */
	Mono<List<String>> roles(String handle) {
		return this.roles.find(HandlePolicy.normalize(handle)).map(RoleRepository.AccountRoles::roles);
	}

	/** Replace the roles of an account; cold; the roles after that. */
	Mono<List<String>> replaceRoles(String handle, List<String> roles) {
		String reader = HandlePolicy.normalize(handle);
		List<String> unknown = roles.stream().filter((role) -> !Role.ALL.contains(role)).toList();
		if (!unknown.isEmpty()) {
			return Mono.error(Problem.of(ProblemType.INVALID, "There is no role " + String.join(", ", unknown)
					+ ". The roles are " + String.join(" and ", Role.ALL) + "."));
		}
		return this.roles.replace(reader, Role.normalize(roles), (_) -> {
		}).doOnNext((stored) -> {
			if (stored.changed()) {
				this.events.writeLocal(SecurityEvent.ROLES_CHANGED, reader);
			}
		}).map(RoleRepository.AccountRoles::roles);
	}

	/** Describe each session of an account in a line; cold. */
	Mono<List<String>> sessions(String handle) {
		LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		parameters.add("limit", MAX_SESSIONS);
		KeysetPageRequest page = KeysetPageRequest.of(parameters, Set.of());
		return existing(handle).flatMap((reader) -> this.sessionRepository.list(reader, page, this.clock.instant())
			.map((session) -> session.createdAt() + "  renewed " + session.renewedAt() + "  " + session.client())
			.collectList());
	}

	/** End all sessions of an account; cold; how many there were. */
	Mono<Integer> endSessions(String handle) {
		return existing(handle).flatMap((reader) -> this.sessions.endAll(reader)
			.doOnNext((_) -> this.events.writeLocal(SecurityEvent.SIGN_OUT, reader)));
	}

	/**
	 * Set the password of an account, which ends its sessions.
	 * @param password generated if it is empty
	 * @return cold; the password
	 */
	Mono<String> resetPassword(String handle, String password) {
		return existing(handle)
			.flatMap((reader) -> Mono.fromCallable(() -> password.isEmpty() ? GeneratedPassword.next() : password)
				.subscribeOn(Schedulers.boundedElastic())
				.doOnNext((chosen) -> requireAllowed(reader, chosen))
				.flatMap((chosen) -> this.passwordHasher.hash(chosen)
					.flatMap((hash) -> this.accounts.updatePassword(reader, hash))
					.doOnNext((_) -> this.events.writeLocal(SecurityEvent.PASSWORD_RESET, reader))
					.thenReturn(chosen)));
	}

	private void requireAllowed(String reader, String password) {
		String violation = this.passwordPolicy.detail(reader, password);
		if (!violation.isEmpty()) {
			throw Problem.of(ProblemType.INVALID, "The password " + violation + ".");
		}
	}

	private Mono<String> existing(String handle) {
		String reader = HandlePolicy.normalize(handle);
		return this.accounts.exists(reader)
			.filter((exists) -> exists)
			.map((_) -> reader)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.")));
	}

}
