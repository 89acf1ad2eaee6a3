package lectern.launcher.demo;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.launcher.demo.DemoState.DemoAccount;

/**
 * Stops a demo that may run in another process, and removes everything that it brought.
 */
public final class DemoRemoval {

	private static final int STOP_ATTEMPTS = 100;

	private static final Duration STOP_CHECK_INTERVAL = Duration.ofMillis(200);

	private final DemoSettings settings;

	private final StopSignal stop = new StopSignal();

	public DemoRemoval(DemoSettings settings) {
		this.settings = settings;
	}

	/**
	 * Stop the readers and wait until they have stopped.
	 * @throws DemoException if they do not stop
	 */
	public void stopReaders() throws InterruptedException {
		try (Closeable _ = awaitLock()) {
			this.settings.console()
				.accept("No reader of the demo reads any more; lectern up --demo starts them again.");
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
	}

	/**
	 * Erase the readers of the demo and remove its books and paths. What others use is
	 * kept. If it fails it can be repeated.
	 * @param usage finds out what others use
	 */
	public void forget(CatalogUsage usage) throws InterruptedException {
		try (Closeable _ = awaitLock(); DemoApi api = new DemoApi(this.settings.gateway(), this.stop)) {
			DemoMemory memory = DemoMemory.open(this.settings.store());
			DemoState state = memory.state();
			if (state.holdsNothing()) {
				throw new DemoException("There is no demo to forget in this data folder.");
			}
			Set<String> used = usage.findUsedByOthers(state.accounts().keySet());
			DemoSession admin = new DemoSession(api, "admin", this.settings.adminPassword().get(), null);
			this.settings.console().accept("The demo is being removed ...");
			int erased = erase(admin, state.accounts());
			int kept = new DemoCurator(DemoCatalog.read(), admin).takeAway(state, used);
			memory.update((_) -> state.forgotten(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
			this.settings.console()
				.accept("The demo is forgotten: its " + erased
						+ " readers are erased, and its books and paths are removed"
						+ ((kept > 0) ? ", but for " + kept + " that others use." : "."));
		}
		catch (IOException ex) {
			throw unusable(ex);
		}
	}

	/** An account without a token may be somebody else's, who had the handle before. */
	private static int erase(DemoSession admin, Map<String, DemoAccount> accounts) throws InterruptedException {
		List<String> handles = accounts.entrySet()
			.stream()
			.filter((account) -> account.getValue().token() != null)
			.map(Map.Entry::getKey)
			.toList();
		ConcurrentTasks.map(handles, (handle) -> erase(admin, handle));
		return handles.size();
	}

	private static boolean erase(DemoSession admin, String handle) throws InterruptedException {
		DemoResponse response = admin.send(DemoRequest.delete("/readers/" + handle));
		if (!response.isSuccess() && response.status() != 404) {
			throw new DemoException("The reader " + handle + " was not erased (" + response.failure() + ").");
		}
		return response.isSuccess();
	}

	private Closeable awaitLock() throws IOException, InterruptedException {
		Closeable lock = this.settings.store().tryLock();
		if (lock == null) {
			this.settings.store().requestStop();
		}
		for (int attempt = 0; lock == null && attempt < STOP_ATTEMPTS; attempt++) {
			this.stop.pause(STOP_CHECK_INTERVAL);
			lock = this.settings.store().tryLock();
		}
		if (lock == null) {
			throw new DemoException("The demo did not stop within 20 s. Try again.");
		}
		return lock;
	}

	private static DemoException unusable(IOException ex) {
		return new DemoException("The data folder cannot be used (" + ex.getMessage() + ").");
	}

	/** Knows what readers who are not simulated use. */
	@FunctionalInterface
	public interface CatalogUsage {

		/**
		 * Return the ids of books that others than these readers have open, and of paths
		 * that they have joined.
		 */
		Set<String> findUsedByOthers(Set<String> handles);

	}

}
