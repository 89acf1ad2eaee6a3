package lectern.progress.publicactivity;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.live.Hub;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.LogFollower;
import lectern.streaming.server.SseServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The runner of the activity projection, and the stream of public activity. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

	@Bean
	ProjectionRunner activityRunner(ActivityProjection projection, ProjectionCursors cursors,
			LogFollower<StoredEvent> wholeLog, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(projection, cursors, wholeLog, clock, registry);
	}

	@Bean
	Hub<Activity> activityStream(ActivityLog log, JsonMapper mapper, SseServer server) {
		return new Hub<>(ActivityController.STREAM, ActivityController.PATH, log,
				(cursor, envelope) -> mapper.writeValueAsBytes(ActivityStreamEvent.of(cursor, envelope)), (_) -> null,
				server);
	}

	/** The JSON form of an event of the stream. */
	private record ActivityStreamEvent(String cursor, String type, String book, Activity data) {

		static ActivityStreamEvent of(Cursor cursor, EventEnvelope<Activity> envelope) {
			return new ActivityStreamEvent(cursor.toString(), "activity", envelope.event().book(), envelope.event());
		}

	}

}
