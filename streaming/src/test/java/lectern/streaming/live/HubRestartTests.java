package lectern.streaming.live;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.log.InMemoryEventOrigin;
import lectern.streaming.server.EmbeddedStreamClient;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.server.TestSseServer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A hub that is started again while the thread of the run before is not done. */
class HubRestartTests {

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final InMemoryEventOrigin origin = new InMemoryEventOrigin();

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final CountDownLatch encoding = new CountDownLatch(1);

	private final CountDownLatch restarted = new CountDownLatch(1);

	private final Hub<String> hub = new Hub<>("/events", "/state", onThreads(this.origin), this::encode, (_) -> null,
			this.sseServer.server);

	@Test
	void eventsAreDeliveredAfterTheEarlierRunHasEnded() throws InterruptedException {
		this.origin.commit("before");
		this.hub.start();
		await(this.encoding);
		this.hub.stop();
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
		this.restarted.countDown();
		for (Thread thread : this.threads) {
			thread.join(HANG_LIMIT);
		}

		EmbeddedStreamClient client = this.sseServer.open(Objects.requireNonNull(
				this.hub.connection(new RequestedStart(null, false), StreamFilter.all(this.origin)).block(HANG_LIMIT)));
		this.origin.commit("after");
		client.awaitEvents(1);
		assertThat(client.events()).containsExactly("after");
		this.hub.stop();
	}

	/**
	 * An origin whose pages arrive on threads of their own, as those of a database do.
	 */
	private EventOrigin<String> onThreads(InMemoryEventOrigin log) {
		Scheduler scheduler = Schedulers.fromExecutor((task) -> this.threads.add(Thread.startVirtualThread(task)));
		return new EventOrigin<>() {

			@Override
			public Mono<Cursor> head() {
				return log.head();
			}

			@Override
			public Mono<Cursor> cursorAt(Instant instant) {
				return log.cursorAt(instant);
			}

			@Override
			public Flux<List<EventEnvelope<String>>> after(Cursor cursor) {
				return log.after(cursor).publishOn(scheduler);
			}

		};
	}

	/** The first time, this takes until the hub has been restarted. */
	private byte[] encode(Cursor cursor, EventEnvelope<String> envelope) {
		if (this.encoding.getCount() > 0) {
			this.encoding.countDown();
			await(this.restarted);
		}
		return envelope.event().getBytes();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
