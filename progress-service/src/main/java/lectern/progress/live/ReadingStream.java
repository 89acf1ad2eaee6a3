package lectern.progress.live;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.streaming.Hub;
import lectern.streaming.Streams;
import lectern.streaming.postgres.LoggedEvents;
import lectern.streaming.postgres.PostgresLogHead;
import lectern.streaming.postgres.Wakeups;

/**
 * The stream that all readers' connections are served from, and how an event is shown in
 * it.
 */
@Configuration(proxyBeanMethods = false)
class ReadingStream {

	/** Relative to the stream's own address, which names the reader. */
	private static final String PRESENT = "readings";

	@Bean
	Hub<ReaderEvent> readerStream(ReaderEvents events, PostgresLogHead head, Wakeups wakeups, JsonMapper mapper,
			Streams streams) {
		return new Hub<>(ReadingStreamController.PATH, PRESENT,
				new LoggedEvents<>(head, events.all(), "event", wakeups),
				(cursor, entry) -> mapper.writeValueAsBytes(entry.event().shown(cursor)), ReaderEvent::reader, streams);
	}

}
