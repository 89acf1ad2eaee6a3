package lectern.progress.representation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log that a release reads which is older than one of the event types. Each type was
 * new once, so each is taken away in turn; what is stored are the approved forms.
 */
class EarlierReleaseTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final String READING = "0f8fad5b-d9cb-469f-a165-70867728950e";

	/**
	 * The types as of the release before {@code plan-removed} and {@code
	 * reading-edition-changed}. It is frozen.
	 */
	private static final Map<String, Class<? extends Record>> EARLIER = Map.of("reading-started", ReadingStarted.class,
			"position-reported", PositionReported.class, "reading-finished", ReadingFinished.class, "reading-reopened",
			ReadingReopened.class, "reading-abandoned", ReadingAbandoned.class, "reading-resumed", ReadingResumed.class,
			"position-restored", PositionRestored.class, "plan-set", PlanSet.class);

	/** The approved forms that make up the history of a reading. */
	private static final List<String> HISTORY = List.of("reading-started", "position-reported", "plan-set-dated",
			"plan-removed-dated", "plan-set", "reading-finished-dated", "reading-reopened-dated", "reading-abandoned",
			"reading-resumed", "position-restored", "reading-edition-changed", "position-reported-bare",
			"reading-removed", "reading-returned-dated");

	@ParameterizedTest
	@ValueSource(strings = { "position-reported", "reading-finished", "reading-reopened", "reading-abandoned",
			"reading-resumed", "position-restored", "plan-set", "plan-removed", "reading-edition-changed",
			"reading-removed", "reading-returned" })
	void eventsOfNewTypeArePassedOverByReadingAndShownAsStored(String newType) throws IOException {
		List<StoredEvent> all = history(typesWithout(newType));
		List<StoredEvent> known = all.stream().filter((event) -> !event.type().equals(newType)).toList();

		assertThat(known).hasSizeLessThan(all.size()).noneMatch((event) -> event.payload() instanceof UnknownEvent);
		ReadingDocument document = ReadingDocument.of(all);
		assertThat(document.version()).isEqualTo(HISTORY.size());
		assertThat(document).usingRecursiveComparison().ignoringFields("version").isEqualTo(ReadingDocument.of(known));
		for (StoredEvent event : all) {
			if (event.type().equals(newType)) {
				assertThat(ReadingDocument.concerns(event)).isTrue();
				assertThat(new JsonMapper().writeValueAsString(ReadingDocument.changesOf(event)))
					.isEqualTo(approved(HISTORY.get(event.version() - 1)));
			}
		}
	}

	@Test
	void frozenTypesLackOnlyTheNewestOnes() throws IOException {
		EventTypes types = new EventTypes();
		EARLIER.forEach(types::with);

		assertThat(history(types)).filteredOn((event) -> event.payload() instanceof UnknownEvent)
			.extracting(StoredEvent::type)
			.containsOnly("plan-removed", "reading-edition-changed", "reading-removed", "reading-returned");
	}

	private static EventTypes typesWithout(String newType) {
		Map<String, Class<? extends Record>> known = new LinkedHashMap<>(EARLIER);
		known.put("plan-removed", PlanRemoved.class);
		known.put("reading-edition-changed", ReadingEditionChanged.class);
		known.put("reading-removed", ReadingRemoved.class);
		known.put("reading-returned", ReadingReturned.class);
		known.remove(newType);
		EventTypes types = new EventTypes();
		known.forEach(types::with);
		return types;
	}

	private static List<StoredEvent> history(EventTypes types) throws IOException {
		List<StoredEvent> events = new ArrayList<>();
		for (String form : HISTORY) {
			int version = events.size() + 1;
			String type = form.replaceFirst("-(dated|bare)$", "");
			events.add(new StoredEvent(version, READING, version, "ada", type, "fluent-python", NOON, NOON,
					types.read(type, approved(form))));
		}
		return events;
	}

	private static String approved(String form) throws IOException {
		try (InputStream in = EarlierReleaseTests.class.getResourceAsStream("/events/" + form + ".json")) {
			return new String(Objects.requireNonNull(in, form).readAllBytes(), StandardCharsets.UTF_8).strip();
		}
	}

}
