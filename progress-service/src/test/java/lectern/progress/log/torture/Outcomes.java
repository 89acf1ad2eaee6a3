package lectern.progress.log.torture;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What all writers have told about their events. */
final class Outcomes {

	private final Map<Outcome, Set<String>> texts = Arrays.stream(Outcome.values())
		.collect(Collectors.toMap(Function.identity(), (_) -> ConcurrentHashMap.newKeySet()));

	void add(Outcome outcome, String text) {
		this.texts.get(outcome).add(text);
	}

	/** The texts of the events with an outcome. */
	Set<String> of(Outcome outcome) {
		return this.texts.get(outcome);
	}

	/** The writers of those events; one that was started again is the same. */
	Set<String> writersOf(Outcome outcome) {
		return of(outcome).stream()
			.map((text) -> text.substring(0, text.lastIndexOf('/')).replaceFirst("-\\d+", ""))
			.collect(Collectors.toSet());
	}

	int count(Outcome outcome) {
		return of(outcome).size();
	}

}
