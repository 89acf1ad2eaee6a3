package lectern.catalog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import lectern.streaming.postgreslog.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What scrapers do to the management port. */
class ManagementPortIntegrationTests {

	private static RunningCatalog catalog;

	@BeforeAll
	static void start() {
		catalog = RunningCatalog.start(TestPostgres.database(), "lectern.management.write-timeout=1s");
	}

	@AfterAll
	static void stop() {
		catalog.close();
	}

	@Test
	void tenScrapersAreServedBesideOneThatNeverReads() throws IOException {
		try (SocketChannel silent = scrapeWithoutReading()) {
			assertThat(scrapeTenTimesAtOnce()).isEqualTo(10);
			Awaitility.await().atMost(HANG_LIMIT).until(() -> isDisconnected(silent));
			assertThat(scrapeTenTimesAtOnce()).isEqualTo(10);
		}
	}

	private static long scrapeTenTimesAtOnce() {
		WebClient scraper = WebClient.builder().codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1)).build();
		return Objects.requireNonNull(Flux.range(0, 10)
			.flatMap((_) -> scraper.get()
				.uri(catalog.managementUrl() + "/actuator/prometheus")
				.retrieve()
				.bodyToMono(String.class), 10)
			.filter((metrics) -> metrics.contains("# HELP lectern_build_info "))
			.count()
			.block(HANG_LIMIT));
	}

	private static SocketChannel scrapeWithoutReading() throws IOException {
		SocketChannel silent = SocketChannel.open();
		silent.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
		silent.connect(new InetSocketAddress("127.0.0.1", URI.create(catalog.managementUrl()).getPort()));
		silent.configureBlocking(false);
		return silent;
	}

	/** Send further requests, until the server takes none any more or is gone. */
	private static boolean isDisconnected(SocketChannel silent) {
		ByteBuffer request = ByteBuffer
			.wrap("GET /actuator/prometheus HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		try {
			silent.write(request);
			return false;
		}
		catch (IOException _) {
			return true;
		}
	}

}
