package lectern.progress.live;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import lectern.progress.document.ReadingEventTypes;
import lectern.progress.log.EventTypes;
import lectern.progress.log.NewEvent;
import lectern.progress.log.RawEvent;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.progress.model.Device;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.Position;
import lectern.progress.model.RandomHistory;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.streaming.Cursor;
import lectern.streaming.Entry;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What is copied from the log beside what is read and shown. */
class PlayedEventEncoderIntegrationTests {

	private static final Cursor CURSOR = new Cursor("epochoftest", 0);

	private final EventTypes types = ReadingEventTypes.registered();

	private final TestLog test = new TestLog(this.types);

	private final JsonMapper mapper = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	@AfterEach
	void stop() {
		this.test.close();
	}

	@Test
	void aReplayShowsWhatTheStreamShowed() {
		for (int seed = 0; seed < 20; seed++) {
			append(new RandomHistory(seed).live(200));
		}
		append(reports());
		appendAbout("a \"book\"\\", reports());
		List<StoredEvent> shown = Objects.requireNonNull(this.test.log.of("ada")
			.read(0, Long.MAX_VALUE, 10_000)
			.map(Entry::event)
			.collectList()
			.block(HANG_LIMIT));
		List<Entry<RawEvent>> played = Objects
			.requireNonNull(this.test.log.rawOf("ada").read(0, Long.MAX_VALUE, 10_000).collectList().block(HANG_LIMIT));
		assertThat(played).hasSameSizeAs(shown).hasSizeGreaterThan(1_000);
		assertThat(shown).extracting(StoredEvent::type)
			.contains("reading-started", "position-reported", "reading-finished", "reading-reopened",
					"reading-abandoned", "reading-resumed", "position-restored", "plan-set");
		PlayedEventEncoder encoder = new PlayedEventEncoder(this.types, this.mapper);
		for (int at = 0; at < shown.size(); at++) {
			Entry<RawEvent> entry = played.get(at);
			Cursor cursor = CURSOR.at(entry.position());
			byte[] json = encoder.encode(cursor,
					new Entry<>(entry.position(), entry.receivedAt(), new PlayedEvent(entry.event(), null)));
			assertThat(json).asString()
				.isEqualTo(this.mapper.writeValueAsString(new ReaderEvent(shown.get(at), null).shown(cursor)))
				.as("one line")
				.doesNotContain("\n", "\r");
		}
	}

	/** All that there can be in one, and what might be taken for the end of it. */
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
			.flatMap((all) -> this.test.log.append(stream, 0, all))
			.block(HANG_LIMIT);
	}

}
