package lectern.progress.publicactivity;

import java.time.Instant;

import lectern.streaming.live.Hub;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.server.SseServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stream of public activity. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

	@Bean
	Hub<Activity> activityStream(ActivityLog log, JsonMapper mapper, SseServer server) {
		return new Hub<>(ActivityController.STREAM, ActivityController.PATH, log,
				(cursor, envelope) -> mapper.writeValueAsBytes(ActivityStreamEvent.of(cursor, envelope)), (_) -> null,
				server);
	}

	/** The JSON form of an event of the stream. */
	private record ActivityStreamEvent(String cursor, String type, String book, Instant occurredAt, Instant receivedAt,
			Activity data) {

		static ActivityStreamEvent of(Cursor cursor, EventEnvelope<Activity> envelope) {
			return new ActivityStreamEvent(cursor.toString(), "activity", envelope.event().book(),
					envelope.event().end(), envelope.receivedAt(), envelope.event());
		}

	}

}
