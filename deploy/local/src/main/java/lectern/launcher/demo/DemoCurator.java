package lectern.launcher.demo;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings the books and paths of the demo into the catalog, and takes them away. */
final class DemoCurator {

	private static final String BOOKS = "/books/";

	private static final String PATHS = "/paths/";

	private final DemoCatalog catalog;

	private final DemoSession admin;

	DemoCurator(DemoCatalog catalog, DemoSession admin) {
		this.catalog = catalog;
		this.admin = admin;
	}

	/**
	 * Import what is not in the catalog yet. What is to be imported is stored before, so
	 * that it can be forgotten after a crash.
	 */
	void bring(DemoMemory memory) throws InterruptedException {
		if (memory.state().adopted() == null) {
			Set<String> present = findPresent();
			memory.update((state) -> state.withAdopted(present));
		}
		DemoState state = memory.state();
		if (state.imported()) {
			return;
		}
		DemoResponse response = this.admin.send(DemoRequest.postLines("/imports?source=demo",
				this.catalog.toLines(state::hasBrought, state::idInCatalog)));
		if (!response.isSuccess()) {
			throw new DemoException("The books of the demo were refused (" + response.failure() + ").");
		}
		int refused = response.json().path("refused").asInt();
		if (refused > 0) {
			throw new DemoException("The catalog refused " + refused + " lines of the demo, first: "
					+ response.json().path("refusals").path(0).path("reason").asString() + ".");
		}
		memory.update(DemoState::withImported);
	}

	/** Return what has an id of the demo, but was in the catalog before. */
	private Set<String> findPresent() throws InterruptedException {
		Stream<String> addresses = Stream.concat(this.catalog.bookIds().stream().map(BOOKS::concat),
				this.catalog.pathIds().stream().map(PATHS::concat));
		return ConcurrentTasks.map(addresses.toList(), (address) -> isPresent(address) ? id(address) : "")
			.stream()
			.filter((id) -> !id.isEmpty())
			.collect(Collectors.toSet());
	}

	private boolean isPresent(String address) throws InterruptedException {
		int status = this.admin.send(DemoRequest.get(address)).status();
		// A book that was merged into another one is a redirection.
		return status / 100 == 2 || status / 100 == 3;
	}

	/**
	 * Remove what the demo has brought.
	 * @param used the ids in the catalog of what others use, which are kept
	 * @return the number of books and paths that were kept
	 */
	int takeAway(DemoState state, Set<String> used) throws InterruptedException {
		// A book cannot be removed before the paths that have it as a step.
		return takeAway(addresses(state, PATHS, this.catalog.pathIds()), used)
				+ takeAway(addresses(state, BOOKS, this.catalog.bookIds()), used);
	}

	private int takeAway(List<String> addresses, Set<String> used) throws InterruptedException {
		return Collections.frequency(ConcurrentTasks.map(addresses,
				(address) -> used.contains(id(address)) || isKept(this.admin.send(DemoRequest.delete(address)))), true);
	}

	private static List<String> addresses(DemoState state, String folder, List<String> ids) {
		return ids.stream().filter(state::hasBrought).map((id) -> folder + state.idInCatalog(id)).toList();
	}

	private static String id(String address) {
		return address.substring(address.lastIndexOf('/') + 1);
	}

	/**
	 * A conflict says that a path of somebody else has the book, or that it was merged.
	 */
	private static boolean isKept(DemoResponse response) {
		if (response.isSuccess() || response.status() == 404) {
			return false;
		}
		if (response.status() == 409) {
			return true;
		}
		throw new DemoException("A book of the demo was not removed (" + response.failure() + ").");
	}

}
