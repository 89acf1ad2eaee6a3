package lectern.launcher.demo;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Brings the books and paths of the demo into the catalog, and takes them away. */
final class DemoCurator {

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
		Set<String> present = new TreeSet<>();
		for (String book : this.catalog.bookIds()) {
			addIfPresent(book, "/books/" + book, present);
		}
		for (String path : this.catalog.pathIds()) {
			addIfPresent(path, "/paths/" + path, present);
		}
		return present;
	}

	private void addIfPresent(String id, String address, Set<String> present) throws InterruptedException {
		int status = this.admin.send(DemoRequest.get(address)).status();
		// A book that was merged into another one is a redirection.
		if (status / 100 == 2 || status / 100 == 3) {
			present.add(id);
		}
	}

	/**
	 * Remove what the demo has brought.
	 * @param used the ids in the catalog of what others use, which are kept
	 * @return the number of books and paths that were kept
	 */
	int takeAway(DemoState state, Set<String> used) throws InterruptedException {
		int kept = 0;
		// A book cannot be removed before the paths that have it as a step.
		for (String address : Stream
			.concat(addresses(state, "/paths/", this.catalog.pathIds()),
					addresses(state, "/books/", this.catalog.bookIds()))
			.toList()) {
			boolean inUse = used.contains(address.substring(address.lastIndexOf('/') + 1));
			if (inUse || isKept(this.admin.send(DemoRequest.delete(address)))) {
				kept++;
			}
		}
		return kept;
	}

	private static Stream<String> addresses(DemoState state, String folder, List<String> ids) {
		return ids.stream().filter(state::hasBrought).map((id) -> folder + state.idInCatalog(id));
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
