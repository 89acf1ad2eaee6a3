package lectern.launcher.demo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import lectern.launcher.demo.DemoState.DemoAccount;
import org.jspecify.annotations.Nullable;

/** Registers the simulated readers and stores what they have read before. */
final class DemoAccounts {

	private static final int PASSWORD_BYTES = 12;

	private static final List<String> VISITOR_PATHS = List.of(VisitorPast.PATH, VisitorPast.OTHER_PATH,
			"a-year-of-novels");

	private final DemoApi api;

	private final DemoMemory memory;

	private final DemoCatalog catalog;

	private final StopSignal stop;

	DemoAccounts(DemoApi api, DemoMemory memory, DemoCatalog catalog, StopSignal stop) {
		this.api = api;
		this.memory = memory;
		this.catalog = catalog;
		this.stop = stop;
	}

	/**
	 * Sign a reader in. At the first time the reader is registered, gets a past and joins
	 * a path.
	 */
	DemoSession open(DemoReader reader) throws InterruptedException {
		String handle = this.memory.state().handle(reader.name());
		DemoAccount account = account(handle);
		if (account.token() == null) {
			register(handle, reader.displayName(), account.password());
		}
		DemoSession session = new DemoSession(this.api, handle, account.password(), account.token());
		String token = session.token();
		if (account.token() == null) {
			this.memory.update((state) -> state.with(handle, new DemoAccount(account.password(), token, false)));
		}
		if (!account.past()) {
			storePast(reader, session);
			this.memory.update((state) -> state.with(handle, new DemoAccount(account.password(), token, true)));
		}
		return session;
	}

	/** Return the password of a reader who was opened. */
	String password(String handle) {
		return account(handle).password();
	}

	/** The password is stored before it is used, so that it is not lost by a crash. */
	private DemoAccount account(String handle) {
		DemoAccount known = this.memory.state().accounts().get(handle);
		if (known != null) {
			return known;
		}
		byte[] random = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(random);
		DemoAccount created = new DemoAccount(Base64.getUrlEncoder().encodeToString(random), null, false);
		this.memory.update((state) -> state.with(handle, created));
		return created;
	}

	private void register(String handle, String displayName, String password) throws InterruptedException {
		DemoResponse response = this.api.send(
				DemoRequest.post("/readers", Map.of("reader", handle, "name", displayName, "password", password)),
				null);
		// An earlier run may have registered the reader and then crashed.
		if (!response.isSuccess() && !response.isProblem("handle-taken")) {
			throw new DemoException("The account " + handle + " was not created (" + response.failure() + ").");
		}
	}

	private void storePast(DemoReader reader, DemoSession session) throws InterruptedException {
		DemoState state = this.memory.state();
		boolean visitor = reader.equals(DemoCast.VISITOR);
		OfflineCommands past = visitor ? VisitorPast.of(session.handle(), state.begun(), state::idInCatalog)
				: ReaderPast.of(reader, session.handle(), this.catalog, state.begun(), state::idInCatalog);
		past.send(session, this.stop);
		for (String path : visitor ? VISITOR_PATHS : List.of(reader.path())) {
			join(session, state.idInCatalog(path));
		}
	}

	private void join(DemoSession session, String path) throws InterruptedException {
		DemoResponse response = null;
		for (int attempt = 1; attempt <= 10; attempt++) {
			response = session.send(DemoRequest.create(session.path("/paths/" + path)));
			// progress-service learns of a new path a moment after the catalog.
			if (!response.isProblem("unknown-path")) {
				break;
			}
			this.stop.pause(Duration.ofMillis(300L * attempt));
		}
		requireSuccess(response, session.handle());
	}

	private static void requireSuccess(@Nullable DemoResponse response, String handle) {
		if (response == null || !response.isSuccess()) {
			throw new DemoException(handle + " could not join a path ("
					+ ((response != null) ? response.failure() : "no response") + ").");
		}
	}

}
