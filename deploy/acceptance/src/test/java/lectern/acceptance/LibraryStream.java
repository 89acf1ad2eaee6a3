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

/** A stream followed by LaunchDarkly's okhttp-eventsource, which resumes by itself. */
final class LibraryStream implements AutoCloseable {

	private final Sightings sightings = new Sightings();

	private final EventSource source;

	private LibraryStream(EventSource source) {
		this.source = source;
	}

	/**
	 * Follow from a cursor on: this library keeps an id only along with an event, so what
	 * comes before its first event it would not resume after.
	 */
	static LibraryStream after(String cursor, String url, Map<String, String> headers) throws InterruptedException {
		LibraryStream stream = new LibraryStream(
				new EventSource.Builder(ConnectStrategy.http(URI.create(url)).headers(Headers.of(headers)))
					.errorStrategy(ErrorStrategy.alwaysContinue())
					.retryDelayStrategy(RetryDelayStrategy.defaultStrategy().maxDelay(5, TimeUnit.SECONDS))
					.lastEventId(cursor)
					.build());
		Thread.ofVirtual().name("okhttp-eventsource").start(stream::read);
		stream.sightings.awaitOpen();
		return stream;
	}

	private void read() {
		this.source.anyEvents().forEach((event) -> {
			if (event instanceof StartedEvent) {
				this.sightings.opened();
			}
			else if (event instanceof MessageEvent message) {
				this.sightings.add(new Seen(message.getEventName(), message.getLastEventId(), message.getData()));
			}
		});
	}

	Sightings sightings() {
		return this.sightings;
	}

	@Override
	public void close() {
		this.source.close();
	}

}
