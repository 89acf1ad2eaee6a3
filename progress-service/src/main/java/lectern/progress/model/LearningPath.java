package lectern.progress.model;

import java.util.List;
import java.util.Optional;

/**
 * A learning path as the catalog defines it.
 *
 * @param id the slug in the catalog
 * @param version the version in the catalog; each change increases it
 * @param gates the gates in display order
 * @param removed whether the catalog has removed the path; the other members are then
 * those of its last version
 */
public record LearningPath(String id, String title, long version, List<Gate> gates, boolean removed) {

	public LearningPath {
		gates = List.copyOf(gates);
	}

	Optional<Gate> gate(String gateId) {
		return this.gates.stream().filter((gate) -> gate.id().equals(gateId)).findFirst();
	}

}
