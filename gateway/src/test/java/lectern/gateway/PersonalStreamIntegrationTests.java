package lectern.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader's own stream, relayed. */
@NullUnmarked
class PersonalStreamIntegrationTests extends GatewayFixture {

	private static final String PATH = "/api/v1/readers/ada/events";

	private static final String REPLAY = "/api/v1/readers/ada/replay";

	private StreamClient stream;

	@BeforeEach
	void forgetThePast() {
		ADA.status = 200;
		ADA.asked.clear();
	}

	@AfterEach
	void leave() {
		if (this.stream != null) {
			this.stream.close();
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA.open.get() == 0);
	}

	@Test
	void whatTheServiceSendsComesAsItIs() {
		connect(Map.of()).await(":peer\nid:peerlog0-");
		String cursor = ADA.commit("reading-started", "one");
		this.stream.await("id:" + cursor + "\ndata:{\"cursor\"");
	}

	@Test
	void itsIdIsPassedOn() throws InterruptedException {
		String seen = ADA.commit("reading-started", "two");
		String missed = ADA.commit("reading-finished", "two");
		connect(Map.of("Last-Event-ID", seen)).await(missed);
		assertThat(this.stream.ids()).containsExactly(missed);
		assertThat(ADA.asked.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(seen);
	}

	@Test
	void theClientStaysWhenTheServiceRestarts() {
		connect(Map.of()).await(":peer");
		String before = ADA.commit("reading-started", "three");
		this.stream.await(before);
		PROGRESS.goAway();
		ADA.drain();
		String meanwhile = ADA.commit("position-reported", "three");
		PROGRESS.comeBack();
		this.stream.await(meanwhile);
		String after = ADA.commit("position-reported", "three");
		this.stream.await(after);
		assertThat(this.stream.ids()).containsExactly(before, meanwhile, after);
		assertThat(this.stream.text()).doesNotContain("event:end");
	}

	@Test
	void whileTheServiceIsAwayTheClientIsAnsweredAndWaits() {
		assertThat(connect(Map.of()).await(":peer").status()).isEqualTo(200);
		this.stream.close();
		String seen = ADA.commit("reading-started", "four");
		PROGRESS.goAway();
		String missed = ADA.commit("reading-finished", "four");
		try {
			assertThat(connect(Map.of("Last-Event-ID", seen)).await(":lectern\nid:" + seen).status()).isEqualTo(200);
		}
		finally {
			PROGRESS.comeBack();
		}
		this.stream.await(missed);
		assertThat(this.stream.ids()).containsExactly(missed);
	}

	@Test
	void anEndOfAgeOrSignedOutIsTheClientsToo() {
		for (String reason : List.of("age", "signed-out")) {
			connect(Map.of()).await(":peer");
			Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA.open.get() == 1);
			ADA.say("event:end\ndata:{\"reason\":\"" + reason + "\"}\n\n");
			this.stream.await("event:end\ndata:{\"reason\":\"" + reason + "\"}\n\n").awaitEnd();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA.open.get() == 0);
		}
	}

	@Test
	void whatTheServiceRefusesIsRefused() {
		ADA.status = 429;
		assertThat(connect(Map.of()).status()).isEqualTo(429);
		this.stream.await("{\"status\":429}").awaitEnd();
	}

	@Test
	void aServiceInTroubleIsAwayAndNoReasonToRefuse() {
		ADA.status = 503;
		assertThat(connect(Map.of()).await(":lectern").status()).isEqualTo(200);
		ADA.status = 200;
		this.stream.await(":peer");
	}

	@Test
	void aReplayIsAskedForAsItWasAndEndsForGood() throws InterruptedException {
		String seen = ADA.commit("reading-started", "five");
		String missed = ADA.commit("reading-finished", "five");
		connect(REPLAY + "?speed=max&from=start", Map.of("Last-Event-ID", seen)).await(missed);
		assertThat(ADA.asked.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(seen + "?speed=max&from=start");
		ADA.say("event:end\ndata:{\"reason\":\"finished\"}\n\n");
		this.stream.await("event:end\ndata:{\"reason\":\"finished\"}\n\n").awaitEnd();
	}

	@Test
	void aReplayThatIsBrokenOffIsTakenUpWhereItWas() throws InterruptedException {
		String seen = ADA.commit("reading-started", "six");
		String first = ADA.commit("position-reported", "six");
		connect(REPLAY + "?to=" + first, Map.of("Last-Event-ID", seen)).await(first);
		ADA.asked.clear();
		ADA.status = 204;
		ADA.drain();
		this.stream.await("event:end\ndata:{\"reason\":\"finished\"}\n\n").awaitEnd();
		assertThat(ADA.asked.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(first + "?to=" + first);
	}

	@Test
	void aReplayThatIsOverIsSaidToBe() {
		ADA.status = 204;
		assertThat(connect(REPLAY, Map.of("Last-Event-ID", "peerlog0-1")).status()).isEqualTo(204);
		this.stream.awaitEnd();
		assertThat(this.stream.text()).isEmpty();
	}

	@Test
	void eachKindOfStreamTakesItsOwnParameters() {
		ADA.status = 400;
		assertThat(connect(REPLAY + "?speed=0", Map.of()).status()).isEqualTo(400);
		for (String address : List.of(PATH + "?speed=1", REPLAY + "?after=start", REPLAY + "?speed=1&speed=2")) {
			this.client.get()
				.uri(address)
				.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/invalid-parameter");
		}
	}

	@Test
	void anotherReadersStreamIsRefusedHere() {
		this.client.get()
			.uri("/api/v1/readers/bob/events")
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
			.exchange()
			.expectStatus()
			.isForbidden();
		this.client.get()
			.uri("/api/v1/readers/bob/replay")
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
			.exchange()
			.expectStatus()
			.isForbidden();
		this.client.get().uri(PATH).exchange().expectStatus().isUnauthorized();
	}

	@Test
	void aClientThatLeavesIsGoneUpstreamToo() {
		connect(Map.of()).await(":peer");
		assertThat(metrics()).contains("lectern_edge_upstreams{stream=\"/api/v1/readers/{reader}/events\"} 1.0");
		this.stream.close();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA.open.get() == 0);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> metrics().contains("lectern_edge_upstreams{stream=\"/api/v1/readers/{reader}/events\"} 0.0"));
	}

	/** An answer may be anywhere on its way when nobody waits for it any more. */
	@Test
	void whoLeavesWhileBeingAnsweredIsGoneUpstreamToo() {
		for (int round = 0; round < 150; round++) {
			List<StreamClient> clients = Stream.generate(() -> connect(Map.of())).limit(8).toList();
			Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(8)))
				.doOnNext((_) -> clients.forEach(StreamClient::close))
				.block(HANG_LIMIT);
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA.open.get() == 0);
	}

	private StreamClient connect(Map<String, String> headers) {
		return connect(PATH, headers);
	}

	private StreamClient connect(String address, Map<String, String> headers) {
		this.stream = StreamClient.to(plainClient(), address, (sent) -> {
			sent.set("Authorization", "Bearer " + TestTokens.reader());
			headers.forEach(sent::set);
		});
		return this.stream;
	}

}
