package lectern.progress.stream;

import lectern.streaming.live.Hub;
import lectern.streaming.log.EventEncoder;
import lectern.streaming.postgreslog.LogNotifications;
import lectern.streaming.postgreslog.PostgresEventOrigin;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.replay.ReplayService;
import lectern.streaming.server.SseServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The stream that all readers' connections are served from, what plays their past back,
 * and how an event is shown in both.
 */
@Configuration(proxyBeanMethods = false)
class ReaderStreamConfiguration {

	/** Relative to the stream's own address, which names the reader. */
	private static final String RESET_TARGET = "readings";

	@Bean
	EventEncoder<ReaderEvent> readerEventEncoder(JsonMapper mapper) {
		return (cursor, entry) -> mapper.writeValueAsBytes(entry.event().toJson(cursor));
	}

	@Bean
	ReplayService<ReplayEvent> readerReplayService(ReplayEventEncoder encoder, SseServer streams) {
		return new ReplayService<>(ReplayController.PATH, encoder, streams);
	}

	@Bean
	Hub<ReaderEvent> readerHub(ReaderEventLog events, PostgresLogHead head, LogNotifications wakeups,
			EventEncoder<ReaderEvent> encoder, SseServer streams) {
		return new Hub<>(ReaderStreamController.PATH, RESET_TARGET,
				new PostgresEventOrigin<>(head, events.readAll(), "event", wakeups), encoder, ReaderEvent::reader,
				streams);
	}

}
