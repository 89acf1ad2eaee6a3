package lectern.acceptance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import tools.jackson.databind.node.ObjectNode;

/** The one fault of a request that is valid otherwise. */
interface CallFault {

	/** Return the request with this fault; empty if it cannot have it. */
	Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random);

	/**
	 * Return all kinds of faults; those of contents, which fewer requests can have,
	 * twice.
	 */
	static List<CallFault> all() {
		List<CallFault> all = new ArrayList<>(List.of(RequestFault.values()));
		all.addAll(List.of(ContentFault.values()));
		all.addAll(List.of(ContentFault.values()));
		return all;
	}

	static ApiOperation operation(ApiCall call) {
		return call.operation().orElseThrow();
	}

	static <T> Optional<T> choose(List<T> all, RandomGenerator random) {
		return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
	}

	static Optional<ApiCall> json(ApiCall call) {
		return Optional.of(call).filter((one) -> one.json().isPresent());
	}

}
