package lectern.acceptance.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import lectern.web.openapi.ApiDocument;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An endless sequence of requests: valid ones, ones with one fault, and garbage. It
 * depends on nothing but the seed and the vocabulary. To be used in a session of jqwik.
 */
public final class ApiCalls {

	/** The methods that the document has for each path. */
	static final Map<String, Set<String>> METHODS = ApiOperation.methodsByPath(ApiOperation.all());

	/** The number of values from which the generators draw their edge cases. */
	private static final int GENERATOR_SIZE = 1_000;

	private final Random random;

	private final Map<ApiOperation, RandomGenerator<ApiCall>> valid = new LinkedHashMap<>();

	private final Map<ApiOperation, RandomGenerator<ApiCall>> faulty = new LinkedHashMap<>();

	private final RandomGenerator<ApiCall> garbage;

	private final List<ApiOperation> operations;

	private int count;

	public ApiCalls(ApiVocabulary vocabulary, long seed) {
		this.random = new Random(seed);
		this.operations = new ArrayList<>(ApiOperation.all());
		ObjectNode document = ApiDocument.checkedIn().root();
		for (ApiOperation operation : this.operations) {
			Arbitrary<ApiCall> calls = new ValidCalls(document, vocabulary, operation).calls();
			this.valid.put(operation, calls.generator(GENERATOR_SIZE, true));
			this.faulty.put(operation, withFault(document, calls).generator(GENERATOR_SIZE, true));
		}
		this.garbage = new GarbageCalls(this.operations, vocabulary).calls().generator(GENERATOR_SIZE, true);
	}

	private static Arbitrary<ApiCall> withFault(ObjectNode document, Arbitrary<ApiCall> calls) {
		return Combinators.combine(calls, Arbitraries.shuffle(CallFault.all()), Arbitraries.longs())
			.as((call, faults, seed) -> faults.stream()
				.flatMap((fault) -> fault.apply(document, call, new Random(seed)).stream())
				.findFirst()
				.orElseThrow());
	}

	/** Return the next request, which can be shrunk. Each operation gets as many. */
	public Shrinkable<ApiCall> next() {
		int round = this.count / this.operations.size();
		ApiOperation operation = this.operations.get(this.count++ % this.operations.size());
		return switch (round % 5) {
			case 0, 2 -> this.valid.get(operation).next(this.random);
			case 1, 3 -> this.faulty.get(operation).next(this.random);
			default -> this.garbage.next(this.random);
		};
	}

}
