package lectern.progress.representation;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import lectern.progress.eventlog.CanaryEvent;
import lectern.progress.eventlog.ErasedEvent;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.eventlog.ReaderErased;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Device;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.IgnoredReason;
import lectern.progress.model.PathEvent.GatePassed;
import lectern.progress.model.PathEvent.GateWaived;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.PathEvent.PathLeft;
import lectern.progress.model.Position;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stored JSON of events is a contract with every existing log: approved files are
 * added, never changed.
 */
class StoredEventFormatTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

	private static final Device DEVICE = new Device("kobo-1", "Kobo");

	private final EventTypes types = ProgressEventTypes.registered();

	static Stream<Arguments> forms() {
		BookSnapshot book = new BookSnapshot("fluent-python", "Fluent Python", List.of("Luciano Ramalho"));
		Position position = new Position(new BigDecimal("0.123456"), 42, "Chapter 2", "epubcfi(/6/4)", DEVICE, NOON);
		Position bare = new Position(BigDecimal.ONE, null, null, null, null, NOON);
		return Stream.of(
				Arguments.of("reading-started", "reading-started", new ReadingStarted("ada", book, "2nd", NOON)),
				Arguments.of("reading-started", "reading-started-bare",
						new ReadingStarted("ada", new BookSnapshot("a", "A", List.of()), null, NOON)),
				Arguments.of("position-reported", "position-reported",
						new PositionReported(position, new DeviceClock(NOON.minusSeconds(60), NOON), true, null, true,
								List.of(DEVICE, new Device("phone", null)))),
				Arguments.of("position-reported", "position-reported-bare",
						new PositionReported(bare, null, false, null, false, null)),
				Arguments.of("position-reported", "position-reported-unmoved",
						new PositionReported(bare, null, false, IgnoredReason.OCCURRED_BEFORE_RESTORE, false, null)),
				Arguments.of("reading-finished", "reading-finished", new ReadingFinished(NOON)),
				Arguments.of("reading-reopened", "reading-reopened", new ReadingReopened(NOON)),
				Arguments.of("reading-abandoned", "reading-abandoned", new ReadingAbandoned(NOON)),
				Arguments.of("reading-resumed", "reading-resumed", new ReadingResumed(NOON)),
				Arguments.of("position-restored", "position-restored",
						new PositionRestored("0123456789ab-7", position, bare, NOON)),
				Arguments.of("plan-set", "plan-set", new PlanSet(NOON.plusSeconds(86_400), NOON)));
	}

	/** Events whose time is that of a device. */
	static Stream<Arguments> datedForms() {
		DeviceClock clock = new DeviceClock(NOON, NOON.plusSeconds(60));
		DeviceClock unset = new DeviceClock(Instant.parse("2001-01-01T00:03:00Z"), null, true);
		BookSnapshot book = new BookSnapshot("a", "A", List.of());
		Position bare = new Position(BigDecimal.ONE, null, null, null, null, NOON);
		return Stream.of(
				Arguments.of("reading-started", "reading-started-dated",
						new ReadingStarted("ada", book, null, null, NOON, clock)),
				Arguments.of("position-reported", "position-reported-time-ignored",
						new PositionReported(bare, unset, true, null, true, null)),
				Arguments.of("position-reported", "position-reported-after-finish",
						new PositionReported(bare, clock, false, IgnoredReason.OCCURRED_BEFORE_FINISH, false, null)),
				Arguments.of("position-reported", "position-reported-after-abandonment",
						new PositionReported(bare, clock, false, IgnoredReason.OCCURRED_BEFORE_ABANDON, false, null)),
				Arguments.of("reading-finished", "reading-finished-dated", new ReadingFinished(NOON, clock)),
				Arguments.of("reading-reopened", "reading-reopened-dated", new ReadingReopened(NOON, clock)),
				Arguments.of("reading-abandoned", "reading-abandoned-dated", new ReadingAbandoned(NOON, clock)),
				Arguments.of("reading-resumed", "reading-resumed-dated", new ReadingResumed(NOON, clock)),
				Arguments.of("position-restored", "position-restored-dated",
						new PositionRestored("0123456789ab-7", bare, bare, NOON, clock)),
				Arguments.of("plan-set", "plan-set-dated", new PlanSet(NOON.plusSeconds(86_400), NOON, clock)),
				Arguments.of("plan-removed", "plan-removed", new PlanRemoved(NOON, null)),
				Arguments.of("plan-removed", "plan-removed-dated", new PlanRemoved(NOON, clock)),
				Arguments.of("reading-removed", "reading-removed", new ReadingRemoved(NOON, null)),
				Arguments.of("reading-removed", "reading-removed-dated", new ReadingRemoved(NOON, clock)),
				Arguments.of("reading-returned", "reading-returned", new ReadingReturned(NOON, null)),
				Arguments.of("reading-returned", "reading-returned-dated", new ReadingReturned(NOON, clock)));
	}

	/** Events with the number of pages of an edition. */
	static Stream<Arguments> formsOfEditions() {
		BookSnapshot book = new BookSnapshot("a", "A", List.of());
		Position position = new Position(new BigDecimal("0.4"), null, "Chapter 2", null, DEVICE, NOON);
		DeviceClock clock = new DeviceClock(NOON, NOON.plusSeconds(60));
		return Stream.of(
				Arguments.of("reading-started", "reading-started-with-pages",
						new ReadingStarted("ada", book, "9781492056355", 1012, NOON, null)),
				Arguments.of("reading-edition-changed", "reading-edition-changed",
						new ReadingEditionChanged("9781492056355", 1012, position, position, NOON, clock)),
				Arguments.of("reading-edition-changed", "reading-edition-changed-bare",
						new ReadingEditionChanged(null, null, null, null, NOON, null)));
	}

	static Stream<Arguments> formsOfPaths() {
		return Stream.of(
				Arguments.of("path-joined", "path-joined", new PathJoined("ada", "architect", "The Architect", NOON)),
				Arguments.of("path-left", "path-left", new PathLeft(NOON)),
				Arguments.of("gate-passed", "gate-passed",
						new GatePassed("basics", List.of("fluent-python", "git"), NOON)),
				Arguments.of("gate-passed", "gate-passed-bare", new GatePassed("rest", List.of(), NOON)),
				Arguments.of("gate-waived", "gate-waived", new GateWaived("basics", NOON)));
	}

	@ParameterizedTest
	@MethodSource({ "forms", "datedForms", "formsOfEditions", "formsOfPaths" })
	void serializedEventEqualsApprovedFile(String name, String file, Object event) throws IOException {
		assertThat(this.types.name(event)).isEqualTo(name);
		assertThat(this.types.write(event)).isEqualTo(approved(file));
	}

	@ParameterizedTest
	@MethodSource({ "forms", "datedForms", "formsOfEditions", "formsOfPaths" })
	void storedEventWithUnknownMembersIsReadable(String name, String file, Object event) throws IOException {
		assertThat(this.types.read(name, approved(file))).isEqualTo(event);
		String later = approved(file).replaceFirst("\\{", "{\"aMemberOfLaterTimes\":{\"x\":[1]},");
		assertThat(this.types.read(name, later)).isEqualTo(event);
	}

	/** A column of type {@code jsonb} returns members in its own order. */
	@ParameterizedTest
	@MethodSource({ "forms", "datedForms", "formsOfEditions", "formsOfPaths" })
	void memberOrderIsIrrelevant(String name, String file, Object event) throws IOException {
		JsonMapper mapper = new JsonMapper();
		StringBuilder reversed = new StringBuilder();
		mapper.readTree(approved(file))
			.propertyStream()
			.forEach((member) -> reversed.insert(0, ",\"" + member.getKey() + "\":" + member.getValue()));
		assertThat(this.types.read(name, "{" + reversed.substring(1) + "}")).isEqualTo(event);
	}

	@Test
	void announcementOfErasureEqualsApprovedFile() throws IOException {
		assertThat(this.types.name(new ReaderErased())).isEqualTo("reader-erased");
		assertThat(this.types.write(new ReaderErased())).isEqualTo(approved("reader-erased"));
		assertThat(this.types.read("reader-erased", "{\"later\":1}")).isEqualTo(new ReaderErased());
	}

	@Test
	void canaryEqualsApprovedFile() throws IOException {
		CanaryEvent canary = new CanaryEvent("0f4b1c1e-6f0e-4d3c-9a51-1f0d5a3f6b11");
		assertThat(this.types.name(canary)).isEqualTo("canary");
		assertThat(this.types.write(canary)).isEqualTo(approved("canary"));
		assertThat(this.types.read("canary", approved("canary"))).isEqualTo(canary);
	}

	/**
	 * What is left of an event whose reader was erased, unless a later release has stored
	 * it.
	 */
	@Test
	void stubHasNoPayload() {
		assertThat(this.types.read(stub("reading-started")).payload()).isEqualTo(new ErasedEvent());
		assertThat(this.types.read(stub("type-of-later-times")).payload()).isEqualTo(new UnknownEvent("{}"));
	}

	private static RawEvent stub(String type) {
		return new RawEvent(7, "~7", 1, "~0123456789abcdef01234567", type, "a", NOON, NOON, "{}");
	}

	private static String approved(String file) throws IOException {
		try (InputStream in = StoredEventFormatTests.class.getResourceAsStream("/events/" + file + ".json")) {
			return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8).strip();
		}
	}

}
