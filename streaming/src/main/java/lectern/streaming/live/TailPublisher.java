package lectern.streaming.live;

import java.util.Objects;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Publishes the followed log to the connections of a stream, once its ring is filled.
 * Each start of the stream is a run; what an earlier run still publishes is ignored,
 * because nobody follows its log any more.
 */
final class TailPublisher<E> {

	private final LiveStreamContext<E> stream;

	private Sinks.One<LiveTail<E>> filled = Sinks.one();

	private int run;

	TailPublisher(LiveStreamContext<E> stream) {
		this.stream = stream;
	}

	/**
	 * Begin a run. Requests that wait already, because the web server started earlier,
	 * are served by the first run.
	 * @return the number of the run
	 */
	synchronized int beginRun() {
		if (this.stream.tail() != null) {
			this.stream.setTail(null);
			this.filled = Sinks.one();
		}
		return ++this.run;
	}

	/**
	 * End the current run. Its log stays published: requests that arrive during the drain
	 * still get a connection.
	 */
	synchronized void endRun() {
		this.run++;
	}

	/**
	 * Publish the followed log in place of the one before, whose frames are released.
	 * @return false if it is published already, or its run has ended
	 */
	boolean publish(int ofRun, LiveTail<E> tail) {
		LiveTail<E> previous;
		Sinks.One<LiveTail<E>> waiting;
		synchronized (this) {
			previous = this.stream.tail();
			if (ofRun != this.run || previous == tail) {
				return false;
			}
			this.stream.setTail(tail);
			waiting = this.filled;
		}
		waiting.tryEmitValue(tail);
		if (previous != null) {
			previous.ring().close();
		}
		return true;
	}

	/** The followed log, once its ring is filled; hot. */
	synchronized Mono<LiveTail<E>> whenFilled() {
		return this.filled.asMono().map((first) -> Objects.requireNonNullElse(this.stream.tail(), first));
	}

}
