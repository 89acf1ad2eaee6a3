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
 * Tells whether somebody can walk a path from its first gate to its last. What the
 * catalog has to be asked for, whether the books exist, is not looked at here.
 */
final class PathValidator {

	private PathValidator() {
	}

	/**
	 * Let a path pass that can be walked.
	 * @param path valid by its form
	 * @throws Problem 422 for what stands twice in it, 409 for the first rule it breaks
	 */
	static void requireCompletable(PathContent path) {
		requireDistinct(path.gates());
		Map<String, Gate> gates = new LinkedHashMap<>();
		path.gates().forEach((gate) -> gates.put(gate.id(), gate));
		for (Gate gate : path.gates()) {
			for (String needed : gate.needs()) {
				if (!gates.containsKey(needed)) {
					throw PathProblem.unknownGate(gate, needed);
				}
			}
			if (!gate.rule().isSatisfiableWith(gate.steps().size())) {
				throw PathProblem.unpassable(gate);
			}
		}
		requireNoCycle(gates);
	}

	private static void requireDistinct(List<Gate> gates) {
		List<Violation> repeated = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int at = 0; at < gates.size(); at++) {
			Gate gate = gates.get(at);
			if (!ids.add(gate.id())) {
				repeated
					.add(new Violation("/gates/" + at + "/id", null, "is already the id of another gate of this path"));
			}
			Set<String> books = new HashSet<>();
			for (int step = 0; step < gate.steps().size(); step++) {
				if (!books.add(gate.steps().get(step).book())) {
					repeated.add(new Violation("/gates/" + at + "/steps/" + step + "/book", null,
							"is already a step of this gate"));
				}
			}
		}
		if (!repeated.isEmpty()) {
			throw Problem.invalid(repeated);
		}
	}

	/**
	 * Pass one gate after another that nothing holds back; what stays waits in a circle.
	 */
	private static void requireNoCycle(Map<String, Gate> gates) {
		Map<String, Gate> waiting = new LinkedHashMap<>(gates);
		boolean passed = true;
		while (passed) {
			passed = waiting.values().removeIf((gate) -> gate.needs().stream().noneMatch(waiting::containsKey));
		}
		if (!waiting.isEmpty()) {
			throw PathProblem.cycle(findCycle(waiting));
		}
	}

	/** Every gate that waits needs another that does: following them leads round. */
	private static List<String> findCycle(Map<String, Gate> waiting) {
		List<String> walked = new ArrayList<>();
		String at = waiting.keySet().iterator().next();
		while (!walked.contains(at)) {
			walked.add(at);
			at = Objects.requireNonNull(waiting.get(at))
				.needs()
				.stream()
				.filter(waiting::containsKey)
				.findFirst()
				.orElseThrow();
		}
		walked.add(at);
		return walked.subList(walked.indexOf(at), walked.size());
	}

}
