package lectern.progress.activity;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import lectern.progress.log.StoredEvent;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.projection.ProjectionRunner;
import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.streaming.Hub;
import lectern.streaming.Streams;
import lectern.streaming.postgres.Feed;

/** What keeps activity up, and the stream of it. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {

	@Bean
	ProjectionRunner activityRunner(ActivityProjection projection, ProjectionCursors cursors,
			Feed<StoredEvent> wholeLog, Clock clock, MeterRegistry registry) {
		return new ProjectionRunner(projection, cursors, wholeLog, clock, registry);
	}

	@Bean
	Hub<Activity> activityStream(ActivityLog log, JsonMapper mapper, Streams streams) {
		return new Hub<>(ActivityController.STREAM, ActivityController.PATH, log,
				(cursor, entry) -> mapper.writeValueAsBytes(Shown.of(cursor, entry)), (_) -> null, streams);
	}

	/** As an event on the wire. */
	private record Shown(String cursor, String type, String book, Activity data) {

		static Shown of(Cursor cursor, Entry<Activity> entry) {
			return new Shown(cursor.toString(), "activity", entry.event().book(), entry.event());
		}

	}

}
