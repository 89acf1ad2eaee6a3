package lectern.progress.eventlog.torture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.VersionConflictException;
import lectern.streaming.postgreslog.PostgresLogHead.PositionRange;
import reactor.core.publisher.Mono;

/** Appends events as the service does, or in its own transaction that it keeps open. */
final class EventWriter {

	/** Few enough that writers sometimes conflict. */
	private static final int STREAMS = 32;

	/** Longer than all timeouts of the service and the database. */
	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(40);

	private final LogNode node;

	private final String name;

	private final BiConsumer<WriteOutcome, String> outcomeListener;

	private final AtomicInteger number = new AtomicInteger();

	/**
	 * @param name a unique name
	 * @param outcomeListener receives the outcome of each event and its text
	 */
	EventWriter(LogNode node, String name, BiConsumer<WriteOutcome, String> outcomeListener) {
		this.node = node;
		this.name = name;
		this.outcomeListener = outcomeListener;
	}

	/** Append one to three events to a stream that all writers share. */
	Mono<Void> append() {
		return Mono.defer(() -> {
			String stream = "shared/" + ThreadLocalRandom.current().nextInt(STREAMS);
			List<String> texts = Stream.generate(this::text).limit(1 + ThreadLocalRandom.current().nextInt(3)).toList();
			return version(stream)
				.flatMap((version) -> this.node.log().append(stream, version, texts.stream().map(this::event).toList()))
				.timeout(RESPONSE_TIMEOUT, Mono.error(() -> new AssertionError("No response to an append")))
				.map((_) -> WriteOutcome.COMMITTED)
				.onErrorReturn(VersionConflictException.class, WriteOutcome.CONFLICT)
				.onErrorReturn(Exception.class, WriteOutcome.UNCERTAIN)
				.doOnNext((outcome) -> texts.forEach((text) -> this.outcomeListener.accept(outcome, text)))
				.then();
		});
	}

	/**
	 * Append one event to a new stream, in a transaction that stays open with the head of
	 * the log locked.
	 * @param held how long the transaction stays open
	 * @param end the outcome, unless the connection breaks
	 */
	Mono<Void> appendSlowly(Duration held, WriteOutcome end) {
		return Mono.defer(() -> {
			String text = text();
			Duration half = held.dividedBy(2);
			Mono<WriteOutcome> work = this.node.head()
				.reserve(1)
				.delayElement(half)
				.flatMap((range) -> insert(range, text))
				.then(Mono.delay(half))
				.then((end == WriteOutcome.ROLLED_BACK) ? Mono.error(new IllegalStateException("Roll back"))
						: Mono.just(WriteOutcome.COMMITTED));
			return this.node.transactions()
				.run(work)
				.timeout(RESPONSE_TIMEOUT, Mono.error(() -> new AssertionError("No response to a transaction")))
				.onErrorReturn(Exception.class, (end == WriteOutcome.COMMITTED) ? WriteOutcome.UNCERTAIN : end)
				.doOnNext((outcome) -> this.outcomeListener.accept(outcome, text))
				.then();
		});
	}

	private String text() {
		return this.name + "/" + this.number.incrementAndGet();
	}

	private NewEvent event(String text) {
		return new NewEvent("ada", "a-book", Instant.EPOCH, new LogNode.TortureEvent(text));
	}

	private Mono<Integer> version(String stream) {
		return this.node.database()
			.sql("select coalesce(max(version), 0) as version from event where stream = :stream")
			.bind("stream", stream)
			.map((row) -> row.get("version", Integer.class))
			.one();
	}

	private Mono<Void> insert(PositionRange range, String text) {
		return this.node.database()
			.sql("""
					insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
					select :position, :text, 1, 'ada', 'noted', 'a-book', received_at, received_at,
					       jsonb_build_object('text', cast(:text as text))
					from cast(:receivedAt as timestamptz) as received_at
					""")
			.bind("position", range.first().position())
			.bind("text", text)
			.bind("receivedAt", range.receivedAt().atOffset(ZoneOffset.UTC))
			.then();
	}

}
