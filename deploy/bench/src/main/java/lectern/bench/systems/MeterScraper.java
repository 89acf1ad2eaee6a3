package lectern.bench.systems;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;

/** Reads the meters of all services of a Lectern again and again, as Prometheus does. */
public final class MeterScraper implements AutoCloseable {

	/** The interval of the configuration in {@code deploy/prometheus}. */
	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final TextRequest SCRAPE = TextRequest.get("/actuator/prometheus", Map.of("Accept", "text/plain"));

	private final LecternTarget lectern;

	private final LongAdder scrapes = new LongAdder();

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	private MeterScraper(LecternTarget lectern) {
		this.lectern = lectern;
	}

	/** Begin to scrape. */
	public static MeterScraper start(LecternTarget lectern) {
		MeterScraper scraper = new MeterScraper(lectern);
		scraper.executor.scheduleAtFixedRate(scraper::scrapeAll, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
		return scraper;
	}

	private void scrapeAll() {
		for (int port : this.lectern.managementPorts()) {
			try (HttpConnection connection = HttpConnection.connect(port)) {
				connection.exchange(SCRAPE).requireSuccess();
				this.scrapes.increment();
			}
			catch (IOException | IllegalStateException _) {
				// As for Prometheus, it is missed; an exception would end all others.
			}
		}
	}

	/** Return how often a service has been scraped; what failed is not counted. */
	public long scrapes() {
		return this.scrapes.sum();
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.executor.close();
	}

}
