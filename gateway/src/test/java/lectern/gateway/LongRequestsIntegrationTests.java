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

/**
 * Long requests that are not event streams: content is forwarded while it arrives, and a
 * disconnect of the client cancels the request to the service.
 */
@NullUnmarked
class LongRequestsIntegrationTests extends GatewayFixture {

	@BeforeEach
	void clearObservations() {
		CATALOG_STUB.observations.clear();
	}

	@Test
	void clientDisconnectBeforeResponseCancelsRequest() throws InterruptedException {
		Disposable client = plainClient().get().uri("/api/v1/export").response().subscribe();
		awaitObservation("export requested");
		client.dispose();
		awaitObservation("export closed");
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

	/** Skip other observations: connections of earlier tests may still be closing. */
	private static void awaitObservation(String expected) throws InterruptedException {
		String observation = nextObservation();
		while (!expected.equals(observation)) {
			assertThat(observation).as("observation while waiting for: " + expected).isNotNull();
			observation = nextObservation();
		}
	}

	private static String nextObservation() throws InterruptedException {
		return CATALOG_STUB.observations.poll(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
	}

}
