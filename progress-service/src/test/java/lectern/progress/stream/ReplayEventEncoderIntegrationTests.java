package lectern.progress.stream;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Device;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.Position;
import lectern.progress.model.RandomReadingHistory;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.representation.ProgressEventTypes;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The encoding for replays, compared with that of the live stream. */
class ReplayEventEncoderIntegrationTests {

	private static final Cursor CURSOR = new Cursor("epochoftest", 0);

	private final EventTypes types = ProgressEventTypes.registered();

	private final EventLogFixture fixture = new EventLogFixture(this.types);

	private final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	@AfterEach
	void stop() {
		this.fixture.close();
	}

	@Test
	void replayEncodingEqualsStreamEncoding() {
		for (int seed = 0; seed < 20; seed++) {
			append(new RandomReadingHistory(seed).withRemovals().generate(200));
		}
		append(reports());
		appendAbout("a \"book\"\\", reports());
		List<StoredEvent> live = Objects.requireNonNull(this.fixture.log.readByReader("ada")
			.read(0, Long.MAX_VALUE, 10_000)
			.map(EventEnvelope::event)
			.collectList()
			.block(HANG_LIMIT));
		List<EventEnvelope<RawEvent>> replayed = Objects.requireNonNull(this.fixture.log.readRawByReader("ada")
			.read(0, Long.MAX_VALUE, 10_000)
			.collectList()
			.block(HANG_LIMIT));
		assertThat(replayed).hasSameSizeAs(live).hasSizeGreaterThan(1_000);
		assertThat(live).extracting(StoredEvent::type)
			.contains("reading-started", "position-reported", "reading-finished", "reading-reopened",
					"reading-abandoned", "reading-resumed", "position-restored", "plan-set");
		ReplayEventEncoder encoder = new ReplayEventEncoder(this.types, this.mapper);
		for (int index = 0; index < live.size(); index++) {
			EventEnvelope<RawEvent> envelope = replayed.get(index);
			Cursor cursor = CURSOR.at(envelope.position());
			byte[] json = encoder.encode(cursor, new EventEnvelope<>(envelope.position(), envelope.receivedAt(),
					new ReplayEvent(envelope.event(), null)));
			assertThat(json).asString()
				.isEqualTo(this.mapper.writeValueAsString(new ReaderEvent(live.get(index), null).toJson(cursor)))
				.as("one line")
				.doesNotContain("\n", "\r");
		}
	}

	/**
	 * Return reports with every member, and with text that could be mistaken for the end
	 * of a value.
	 */
	private static List<ReadingEvent> reports() {
		List<ReadingEvent> reports = new ArrayList<>();
		for (String text : List.of("}", "a {b: c, d}, [e]", "\"}", "\u0001\u001f\u007f/", "\\\"}\\",
				"{\"position\":{}}", "a\nline", "Кошка, 猫, 🐈", "")) {
			Device device = new Device("id " + text, text);
			Position position = new Position(new BigDecimal("0.000001"), 7, text, text, device,
					Instant.parse("2026-03-01T12:00:00.100000Z"));
			Position bare = new Position(BigDecimal.ZERO, null, null, null, null, Instant.EPOCH);
			reports.add(new PositionReported(position, new DeviceClock(Instant.EPOCH, null), true, null, true,
					List.of(device, new Device("another", null))));
			reports.add(new PositionReported(bare, null, false, null, false, null));
			reports.add(new PositionReported(bare, null, false, null, true, List.of()));
		}
		return reports;
	}

	private void append(List<? extends ReadingEvent> events) {
		appendAbout("a-book", events);
	}

	private void appendAbout(String book, List<? extends ReadingEvent> events) {
		String stream = UUID.randomUUID().toString();
		Flux.range(0, events.size())
			.map(events::get)
			.map((event) -> new NewEvent("ada", book, event.occurredAt(), event))
			.collectList()
			.flatMap((all) -> this.fixture.log.append(stream, 0, all))
			.block(HANG_LIMIT);
	}

}
