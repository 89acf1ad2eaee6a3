package lectern.acceptance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The events that a client in another thread or process receives. */
final class ReceivedEvents {

	private final BlockingQueue<ReceivedEvent> events = new LinkedBlockingQueue<>();

	private final CountDownLatch open = new CountDownLatch(1);

	void onOpen() {
		this.open.countDown();
	}

	void add(ReceivedEvent event) {
		this.events.add(event);
	}

	void awaitOpen() throws InterruptedException {
		assertThat(this.open.await(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).as("open").isTrue();
	}

	/** Wait for the last of some ids, and assert that exactly these came in order. */
	void assertReceivedExactly(List<String> ids, Duration bound) throws InterruptedException {
		long end = System.nanoTime() + bound.toNanos();
		List<String> seen = new ArrayList<>();
		while (!seen.contains(ids.getLast())) {
			ReceivedEvent event = this.events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
			assertThat(event).as("the event after %s, of %s", seen, ids).isNotNull();
			seen.add(event.id());
		}
		assertThat(seen).containsExactlyElementsOf(ids);
	}

}
