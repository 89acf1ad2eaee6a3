package lectern.progress.stream;

import lectern.progress.eventlog.ReaderErased;
import lectern.streaming.live.Hub;
import lectern.streaming.log.EventJsonEncoder;
import lectern.streaming.postgreslog.LogNotifications;
import lectern.streaming.postgreslog.PostgresEventOrigin;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.replay.ReplayService;
import lectern.streaming.server.SseServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The hub that serves the streams of all readers, the service that replays their history,
 * and the encoders of events.
 */
@Configuration(proxyBeanMethods = false)
class ReaderStreamConfiguration {

	/** Relative to the URL of the stream, which contains the reader. */
	private static final String RESET_TARGET = "readings";

	@Bean
	EventJsonEncoder<ReaderEvent> readerEventEncoder(JsonMapper mapper) {
		return (cursor, envelope) -> mapper.writeValueAsBytes(envelope.event().toJson(cursor));
	}

	@Bean
	ReplayService<ReplayEvent> readerReplayService(ReplayEventEncoder encoder, SseServer server) {
		return new ReplayService<>(ReplayController.PATH, encoder, server);
	}

	@Bean
	Hub<ReaderEvent> readerHub(ReaderEventLog events, PostgresLogHead head, LogNotifications notifications,
			EventJsonEncoder<ReaderEvent> encoder, SseServer server) {
		return new Hub<>(ReaderStreamController.PATH, RESET_TARGET,
				new PostgresEventOrigin<>(head, events.readAll(), "event", notifications), encoder, ReaderEvent::reader,
				(event) -> event.event().payload() instanceof ReaderErased, server);
	}

}
