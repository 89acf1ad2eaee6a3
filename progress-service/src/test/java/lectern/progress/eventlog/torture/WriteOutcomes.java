package lectern.progress.eventlog.torture;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The outcomes that all writers have reported. */
final class WriteOutcomes {

	private final Map<WriteOutcome, Set<String>> texts = Arrays.stream(WriteOutcome.values())
		.collect(Collectors.toMap(Function.identity(), (_) -> ConcurrentHashMap.newKeySet()));

	void add(WriteOutcome outcome, String text) {
		this.texts.get(outcome).add(text);
	}

	/** The texts of the events with an outcome. */
	Set<String> of(WriteOutcome outcome) {
		return this.texts.get(outcome);
	}

	/** The writers of the events with an outcome; restarted writers count as one. */
	Set<String> writersOf(WriteOutcome outcome) {
		return of(outcome).stream()
			.map((text) -> text.substring(0, text.lastIndexOf('/')).replaceFirst("-\\d+", ""))
			.collect(Collectors.toSet());
	}

	int count(WriteOutcome outcome) {
		return of(outcome).size();
	}

}
