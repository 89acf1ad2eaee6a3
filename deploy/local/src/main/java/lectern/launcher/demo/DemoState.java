package lectern.launcher.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What the demo knows of its earlier runs.
 *
 * @param generation 1 for the first demo of this data folder, one more each time it was
 * forgotten: ids of removed books are never used again
 * @param begun when the demo was first started; the past of its readers ends there
 * @param adopted the ids of books and paths that were in the catalog before, which are
 * used and never removed; null until they are known
 * @param imported whether the other books and paths are in the catalog
 * @param accounts the accounts of the simulated readers
 */
record DemoState(int generation, Instant begun, @Nullable Set<String> adopted, boolean imported,
		Map<String, DemoAccount> accounts) {

	static DemoState first(Instant now) {
		return new DemoState(1, now, null, false, Map.of());
	}

	/** Return the state after everything was removed. */
	DemoState forgotten(Instant now) {
		return new DemoState(this.generation + 1, now, null, false, Map.of());
	}

	/** Return whether there is anything to forget. */
	boolean holdsNothing() {
		return this.adopted == null && this.accounts.isEmpty();
	}

	DemoState withAdopted(Set<String> ids) {
		return new DemoState(this.generation, this.begun, new TreeSet<>(ids), this.imported, this.accounts);
	}

	DemoState withImported() {
		return new DemoState(this.generation, this.begun, this.adopted, true, this.accounts);
	}

	DemoState with(String handle, DemoAccount account) {
		Map<String, DemoAccount> changed = new TreeMap<>(this.accounts);
		changed.put(handle, account);
		return new DemoState(this.generation, this.begun, this.adopted, this.imported, changed);
	}

	/** Return the id that a book or path of the demo has in the catalog. */
	String idInCatalog(String id) {
		boolean unchanged = this.generation == 1 || (this.adopted != null && this.adopted.contains(id));
		return unchanged ? id : id + "-" + this.generation;
	}

	/** Return the handle of a simulated reader. */
	String handle(String name) {
		return "demo-" + name + ((this.generation == 1) ? "" : "-" + this.generation);
	}

	/** Return whether the demo has brought the book or path. */
	boolean hasBrought(String id) {
		return this.adopted != null && !this.adopted.contains(id);
	}

	/**
	 * The account of a simulated reader.
	 *
	 * @param token the first token of its session; null until it is known to belong to
	 * the demo
	 * @param past whether the past of the reader is stored
	 */
	record DemoAccount(String password, @Nullable String token, boolean past) {

	}

}
