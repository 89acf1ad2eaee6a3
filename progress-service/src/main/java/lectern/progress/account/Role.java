package lectern.progress.account;

import java.util.Collection;
import java.util.List;

/** The roles that an account can have. */
final class Role {

	/** Changes the catalog. */
	static final String CURATOR = "curator";

	/** Sees metrics and changes roles. */
	static final String OPERATOR = "operator";

	static final List<String> ALL = List.of(CURATOR, OPERATOR);

	private Role() {
	}

	/** Return roles in the order of {@link #ALL}, each once. */
	static List<String> normalize(Collection<String> roles) {
		return ALL.stream().filter(roles::contains).toList();
	}

}
