package lectern.gateway;

import java.util.concurrent.TimeUnit;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What lasts and is no event stream: it passes as it comes, and ends at both ends. */
@NullUnmarked
class LongRequestsIntegrationTests extends GatewayFixture {

	@BeforeEach
	void clearObservations() {
		CATALOG_STUB.observations.clear();
	}

	@Test
	void clientDisconnectBeforeResponseCancelsRequest() throws InterruptedException {
		Disposable client = plainClient().get().uri("/api/v1/export").response().subscribe();
		awaitObservation("export asked");
		client.dispose();
		awaitObservation("export gone");
	}

	@Test
	void importIsForwardedLineByLine() throws InterruptedException {
		Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer();
		Disposable upload = plainClient()
			.headers((headers) -> headers.set("Authorization", "Bearer " + TestTokens.curator()))
			.post()
			.uri("/api/v1/imports")
			.send(ByteBufFlux.fromString(lines.asFlux()))
			.response()
			.doOnNext((response) -> CATALOG_STUB.observations.add("answered " + response.status().code()))
			.subscribe();
		lines.tryEmitNext("one\n");
		assertThat(nextObservation()).isEqualTo("one\n");
		lines.tryEmitNext("two\n");
		assertThat(nextObservation()).isEqualTo("two\n");
		lines.tryEmitComplete();
		assertThat(nextObservation()).isEqualTo("answered 201");
		upload.dispose();
	}

	/** Connections of earlier tests may still be going away. */
	private static void awaitObservation(String wanted) throws InterruptedException {
		String seen = nextObservation();
		while (!wanted.equals(seen)) {
			assertThat(seen).as("seen while waiting for: " + wanted).isNotNull();
			seen = nextObservation();
		}
	}

	private static String nextObservation() throws InterruptedException {
		return CATALOG_STUB.observations.poll(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
	}

}
