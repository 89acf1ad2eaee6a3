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
	void forgetThePast() {
		CATALOG_SIDE.seen.clear();
	}

	@Test
	void aClientThatLeavesBeforeTheAnswerBeganIsGoneUpstreamToo() throws InterruptedException {
		Disposable client = plainClient().get().uri("/api/v1/export").response().subscribe();
		awaitSeen("export asked");
		client.dispose();
		awaitSeen("export gone");
	}

	@Test
	void anImportReachesTheServiceLineByLine() throws InterruptedException {
		Sinks.Many<String> lines = Sinks.many().unicast().onBackpressureBuffer();
		Disposable upload = plainClient()
			.headers((headers) -> headers.set("Authorization", "Bearer " + TestTokens.curator()))
			.post()
			.uri("/api/v1/imports")
			.send(ByteBufFlux.fromString(lines.asFlux()))
			.response()
			.doOnNext((response) -> CATALOG_SIDE.seen.add("answered " + response.status().code()))
			.subscribe();
		lines.tryEmitNext("one\n");
		assertThat(nextSeen()).isEqualTo("one\n");
		lines.tryEmitNext("two\n");
		assertThat(nextSeen()).isEqualTo("two\n");
		lines.tryEmitComplete();
		assertThat(nextSeen()).isEqualTo("answered 201");
		upload.dispose();
	}

	/** Connections of earlier tests may still be going away. */
	private static void awaitSeen(String wanted) throws InterruptedException {
		String seen = nextSeen();
		while (!wanted.equals(seen)) {
			assertThat(seen).as("seen while waiting for: " + wanted).isNotNull();
			seen = nextSeen();
		}
	}

	private static String nextSeen() throws InterruptedException {
		return CATALOG_SIDE.seen.poll(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
	}

}
