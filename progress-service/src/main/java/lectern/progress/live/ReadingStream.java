package lectern.progress.live;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.streaming.EventEncoder;
import lectern.streaming.Hub;
import lectern.streaming.Player;
import lectern.streaming.Streams;
import lectern.streaming.postgres.LoggedEvents;
import lectern.streaming.postgres.PostgresLogHead;
import lectern.streaming.postgres.Wakeups;

/**
 * The stream that all readers' connections are served from, what plays their past back,
 * and how an event is shown in both.
 */
@Configuration(proxyBeanMethods = false)
class ReadingStream {

	/** Relative to the stream's own address, which names the reader. */
	private static final String PRESENT = "readings";

	@Bean
	EventEncoder<ReaderEvent> readerEventEncoder(JsonMapper mapper) {
		return (cursor, entry) -> mapper.writeValueAsBytes(entry.event().shown(cursor));
	}

	@Bean
	Player<PlayedEvent> readerReplay(PlayedEventEncoder encoder, Streams streams) {
		return new Player<>(ReplayController.PATH, encoder, streams);
	}

	@Bean
	Hub<ReaderEvent> readerStream(ReaderEvents events, PostgresLogHead head, Wakeups wakeups,
			EventEncoder<ReaderEvent> encoder, Streams streams) {
		return new Hub<>(ReadingStreamController.PATH, PRESENT,
				new LoggedEvents<>(head, events.all(), "event", wakeups), encoder, ReaderEvent::reader, streams);
	}

}
