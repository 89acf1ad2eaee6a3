package lectern.acceptance;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.RetryDelayStrategy;
import com.launchdarkly.eventsource.StartedEvent;
import okhttp3.Headers;

/** A client with LaunchDarkly's okhttp-eventsource, which resumes by itself. */
final class LibraryStreamClient implements AutoCloseable {

	private final ReceivedEvents receivedEvents = new ReceivedEvents();

	private final EventSource source;

	private LibraryStreamClient(EventSource source) {
		this.source = source;
	}

	/**
	 * Follow from a cursor on: this library keeps an id only along with an event, so what
	 * comes before its first event it would not resume after.
	 */
	static LibraryStreamClient connectAfter(String cursor, String url, Map<String, String> headers)
			throws InterruptedException {
		LibraryStreamClient stream = new LibraryStreamClient(
				new EventSource.Builder(ConnectStrategy.http(URI.create(url)).headers(Headers.of(headers)))
					.errorStrategy(ErrorStrategy.alwaysContinue())
					.retryDelayStrategy(RetryDelayStrategy.defaultStrategy().maxDelay(5, TimeUnit.SECONDS))
					.lastEventId(cursor)
					.build());
		Thread.ofVirtual().name("okhttp-eventsource").start(stream::read);
		stream.receivedEvents.awaitOpen();
		return stream;
	}

	/** Follow a stream whose address says where to start. */
	static LibraryStreamClient connect(String url) throws InterruptedException {
		return connectAfter(null, url, Map.of());
	}

	private void read() {
		this.source.anyEvents().forEach((event) -> {
			if (event instanceof StartedEvent) {
				this.receivedEvents.onOpen();
			}
			else if (event instanceof MessageEvent message) {
				this.receivedEvents
					.add(new ReceivedEvent(message.getEventName(), message.getLastEventId(), message.getData()));
			}
		});
	}

	ReceivedEvents receivedEvents() {
		return this.receivedEvents;
	}

	@Override
	public void close() {
		this.source.close();
	}

}
