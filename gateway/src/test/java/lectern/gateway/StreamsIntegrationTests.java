package lectern.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.test.StepVerifier;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class StreamsIntegrationTests extends GatewayFixture {

	private static final String OPEN = "lectern_edge_upstreams{stream=\"/api/v1/catalog/events\"} ";

	private static final String OPENING = "retry: 3000\n: hello\nid: c1\n\n";

	@BeforeEach
	void forgetThePast() {
		CATALOG_SIDE.events = Sinks.many().unicast().onBackpressureBuffer();
		CATALOG_SIDE.seen.clear();
	}

	@Test
	void firstBytesComeAtOnceAndEachEventBeforeTheNext() {
		StepVerifier.create(events())
			.expectNext(OPENING)
			.then(() -> CATALOG_SIDE.events.tryEmitNext("id: c2\ndata: {}\n\n"))
			.expectNext("id: c2\ndata: {}\n\n")
			.then(() -> CATALOG_SIDE.events.tryEmitNext("id: c3\ndata: {}\n\n"))
			.expectNext("id: c3\ndata: {}\n\n")
			.then(() -> CATALOG_SIDE.events.tryEmitComplete())
			.expectComplete()
			.verify(BOUND);
	}

	@Test
	void aStreamMayBeSilentForLongerThanOtherAnswersMayTake() {
		StepVerifier.create(events())
			.expectNext(OPENING)
			.expectNoEvent(Duration.ofMillis(1500))
			.then(() -> CATALOG_SIDE.events.tryEmitNext("id: c2\n\n"))
			.expectNext("id: c2\n\n")
			.thenCancel()
			.verify(BOUND);
	}

	@Test
	void aClientThatLeavesIsGoneUpstreamToo() throws InterruptedException {
		StepVerifier.create(events()).expectNext(OPENING).thenCancel().verify(BOUND);
		awaitSeen("stream gone");
	}

	@Test
	void openStreamsAreCountedByTheirPattern() {
		StepVerifier.create(events())
			.expectNext(OPENING)
			.then(() -> assertThat(metrics()).contains(OPEN + "1.0"))
			.thenCancel()
			.verify(BOUND);
		Awaitility.await().atMost(BOUND).until(() -> metrics().contains(OPEN + "0.0"));
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

	private String metrics() {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.managementPort)
			.responseTimeout(BOUND)
			.build()
			.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private Flux<String> events() {
		return plainClient().get().uri("/api/v1/catalog/events").responseContent().asString();
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
		return CATALOG_SIDE.seen.poll(BOUND.toMillis(), TimeUnit.MILLISECONDS);
	}

}
