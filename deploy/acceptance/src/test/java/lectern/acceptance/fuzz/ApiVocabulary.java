package lectern.acceptance.fuzz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * The values that a schema cannot express: ids of what exists, cursors, time zones. They
 * are found by the name of the parameter or member, of one operation or of all.
 */
public final class ApiVocabulary {

	private final Map<String, Arbitrary<String>> values = new HashMap<>();

	/**
	 * Add the values of a name.
	 * @param name the name of a parameter or member, perhaps with the id of the operation
	 * and a dot before it
	 */
	public ApiVocabulary with(String name, List<String> all) {
		this.values.put(name, Arbitraries.of(all));
		return this;
	}

	Optional<Arbitrary<String>> find(String operation, String name) {
		return Optional.ofNullable(this.values.getOrDefault(operation + "." + name, this.values.get(name)));
	}

}
