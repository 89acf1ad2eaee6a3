package lectern.progress.eventlog;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/** Adds what is committed to the {@link RecentEvents}, before the appends complete. */
@Component
@Primary
final class RecordingBatchWriter implements AppendBatchWriter {

	private final PostgresAppendBatchWriter writer;

	private final RecentEvents recentEvents;

	RecordingBatchWriter(PostgresAppendBatchWriter writer, RecentEvents recentEvents) {
		this.writer = writer;
		this.recentEvents = recentEvents;
	}

	@Override
	public Mono<List<AppendOutcome>> commit(List<Append> batch) {
		return this.writer.commit(batch).doOnNext(this.recentEvents::addCommitted);
	}

}
