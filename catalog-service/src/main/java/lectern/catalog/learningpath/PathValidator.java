package lectern.catalog.learningpath;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import lectern.web.Problem;
import lectern.web.Problem.Violation;

/**
 * Checks that a reader can pass all gates of a path. Whether the books exist is checked
 * elsewhere, because it takes a query.
 */
final class PathValidator {

	private PathValidator() {
	}

	/**
	 * Require that a path can be completed.
	 * @param path satisfies its bean constraints
	 * @throws Problem 422 if a gate id, or a book within a gate, is repeated; 409 for the
	 * first rule that the path violates
	 */
	static void requireCompletable(PathContent path) {
		requireDistinct(path.gates());
		Map<String, Gate> gates = new LinkedHashMap<>();
		path.gates().forEach((gate) -> gates.put(gate.id(), gate));
		for (int index = 0; index < path.gates().size(); index++) {
			Gate gate = path.gates().get(index);
			for (String needed : gate.needs()) {
				if (!gates.containsKey(needed)) {
					throw PathProblem.unknownGate(gate, index, needed);
				}
			}
			if (!gate.rule().isSatisfiableWith(gate.steps().size())) {
				throw PathProblem.unpassable(gate, index);
			}
		}
		requireNoCycle(gates);
	}

	private static void requireDistinct(List<Gate> gates) {
		List<Violation> repeated = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int index = 0; index < gates.size(); index++) {
			Gate gate = gates.get(index);
			if (!ids.add(gate.id())) {
				repeated.add(new Violation("/gates/" + index + "/id", null,
						"is already the id of another gate of this path"));
			}
			Set<String> books = new HashSet<>();
			for (int step = 0; step < gate.steps().size(); step++) {
				if (!books.add(gate.steps().get(step).book())) {
					repeated.add(new Violation("/gates/" + index + "/steps/" + step + "/book", null,
							"is already a step of this gate"));
				}
			}
		}
		if (!repeated.isEmpty()) {
			throw Problem.invalid(repeated);
		}
	}

	/**
	 * Topological sort: remove gates without unmet needs until none is left. If some are
	 * left, there is a cycle among them.
	 */
	private static void requireNoCycle(Map<String, Gate> gates) {
		Map<String, Gate> unsorted = new LinkedHashMap<>(gates);
		boolean removed = true;
		while (removed) {
			removed = unsorted.values().removeIf((gate) -> gate.needs().stream().noneMatch(unsorted::containsKey));
		}
		if (!unsorted.isEmpty()) {
			throw PathProblem.cycle(findCycle(unsorted));
		}
	}

	/**
	 * Each of these gates needs another of them, so following the needs finds a cycle.
	 */
	private static List<String> findCycle(Map<String, Gate> unsorted) {
		List<String> visited = new ArrayList<>();
		String current = unsorted.keySet().iterator().next();
		while (!visited.contains(current)) {
			visited.add(current);
			current = Objects.requireNonNull(unsorted.get(current))
				.needs()
				.stream()
				.filter(unsorted::containsKey)
				.findFirst()
				.orElseThrow();
		}
		visited.add(current);
		return visited.subList(visited.indexOf(current), visited.size());
	}

}
