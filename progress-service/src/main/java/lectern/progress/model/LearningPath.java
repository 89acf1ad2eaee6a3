package lectern.progress.model;

import java.util.List;
import java.util.Optional;

/**
 * A way through some books, as the catalog has it.
 *
 * @param id its slug in the catalog
 * @param version the catalog's own count, greater after each change
 * @param gates in the order in which they are shown
 * @param removed whether the catalog has it no longer; then it is as it was last
 */
public record LearningPath(String id, String title, long version, List<Gate> gates, boolean removed) {

	public LearningPath {
		gates = List.copyOf(gates);
	}

	Optional<Gate> gate(String gateId) {
		return this.gates.stream().filter((gate) -> gate.id().equals(gateId)).findFirst();
	}

}
