package lectern.progress.command;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Records direct reports under the names and tags that the web framework gives to the
 * other requests.
 */
final class DirectReportMetrics {

	private static final String NAME = "http.server.requests";

	static final String PATTERN = ReadingController.PATH + "/{reading}/positions";

	private final Timer success;

	private final Timer cancelled;

	private final LongTaskTimer active;

	DirectReportMetrics(MeterRegistry registry) {
		this.success = timer("SUCCESS", "200", registry);
		this.cancelled = timer("UNKNOWN", "UNKNOWN", registry);
		// The framework creates this meter before it knows the pattern and the status.
		this.active = LongTaskTimer.builder(NAME + ".active")
			.tags(tags("SUCCESS", "200", "UNKNOWN"))
			.register(registry);
	}

	private static Timer timer(String outcome, String status, MeterRegistry registry) {
		return Timer.builder(NAME).tags(tags(outcome, status, PATTERN)).tag("error", "none").register(registry);
	}

	private static Tags tags(String outcome, String status, String uri) {
		return Tags.of("exception", "none", "method", "POST", "outcome", outcome, "status", status, "uri", uri);
	}

	Sample start() {
		return new Sample(System.nanoTime(), this.active.start());
	}

	/** A report that is being handled. Only the first of its ends counts. */
	final class Sample {

		private final AtomicBoolean ended = new AtomicBoolean();

		private final long startedAt;

		private final LongTaskTimer.Sample active;

		private Sample(long startedAt, LongTaskTimer.Sample active) {
			this.startedAt = startedAt;
			this.active = active;
		}

		void succeeded() {
			stop(DirectReportMetrics.this.success);
		}

		/** Return false if the report has ended before in another way. */
		boolean cancelled() {
			return stop(DirectReportMetrics.this.cancelled);
		}

		Duration elapsed() {
			return Duration.ofNanos(System.nanoTime() - this.startedAt);
		}

		/** The web framework records the request. */
		void leftToFramework() {
			if (this.ended.compareAndSet(false, true)) {
				this.active.stop();
			}
		}

		private boolean stop(Timer timer) {
			boolean first = this.ended.compareAndSet(false, true);
			if (first) {
				this.active.stop();
				timer.record(System.nanoTime() - this.startedAt, TimeUnit.NANOSECONDS);
			}
			return first;
		}

	}

}
