package lectern.streaming.log;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A log in memory that can be followed and replaced by another log. */
public final class InMemoryEventOrigin implements EventOrigin<String>, EventReader<String> {

	final List<EventEnvelope<String>> committed = new CopyOnWriteArrayList<>();

	/** The start positions of all page reads. */
	public final List<Long> reads = new CopyOnWriteArrayList<>();

	volatile String epoch = "epoch000";

	public volatile boolean unavailable;

	private volatile Sinks.Many<List<EventEnvelope<String>>> live = Sinks.many().multicast().directBestEffort();

	public void commit(String... events) {
		commitAt(Instant.now(), events);
	}

	public void commitAt(Instant receivedAt, String... events) {
		List<EventEnvelope<String>> page = List.of(events)
			.stream()
			.map((event) -> new EventEnvelope<>(this.committed.size() + 1, receivedAt, event))
			.peek(this.committed::add)
			.toList();
		this.live.tryEmitNext(page);
	}

	/** Let followers know that there is nothing new. */
	public void commitNothing() {
		commit();
	}

	public void commitMany(int count) {
		for (int index = 0; index < count; index++) {
			commit("event " + (this.committed.size() + 1));
		}
	}

	/** Replace the log by an empty one with another epoch. */
	public void replace(String otherEpoch) {
		this.epoch = otherEpoch;
		this.committed.clear();
		failFollowers(new LogReplacedException());
	}

	/** Let followers fail; they may follow again. */
	public void interrupt() {
		failFollowers(new IllegalStateException("interrupted"));
	}

	private void failFollowers(RuntimeException failure) {
		Sinks.Many<List<EventEnvelope<String>>> old = this.live;
		this.live = Sinks.many().multicast().directBestEffort();
		old.tryEmitError(failure);
	}

	@Override
	public Mono<Cursor> head() {
		return Mono.fromSupplier(() -> new Cursor(this.epoch, this.committed.size()));
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return Mono.fromSupplier(() -> new Cursor(this.epoch,
				this.committed.stream().filter((envelope) -> !envelope.receivedAt().isAfter(instant)).count()));
	}

	@Override
	public Flux<List<EventEnvelope<String>>> after(Cursor cursor) {
		return Flux.defer(() -> {
			List<EventEnvelope<String>> past = this.committed.stream()
				.filter((envelope) -> envelope.position() > cursor.position())
				.toList();
			return past.isEmpty() ? this.live.asFlux() : this.live.asFlux().startWith(List.of(past));
		});
	}

	@Override
	public Flux<EventEnvelope<String>> read(long after, long upTo, int limit) {
		this.reads.add(after);
		return this.unavailable ? Flux.error(new IllegalStateException("unavailable"))
				: Flux.fromIterable(this.committed)
					.filter((envelope) -> envelope.position() > after && envelope.position() <= upTo)
					.take(limit);
	}

}
