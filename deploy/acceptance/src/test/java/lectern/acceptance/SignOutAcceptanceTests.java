package lectern.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The end of a session as all clients of it see it, at every process. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class SignOutAcceptanceTests {

	private static final String PROGRESS = "progress-service";

	@Test
	void signOutEndsSessionInAllProcessesAndAfterRestarts(LecternInstance lectern) throws Exception {
		LecternInstance.AuthenticatedClient phone = lectern.registerReader("sign-out-" + System.nanoTime());
		try (ServiceNode node = lectern.startSecondNode(PROGRESS).awaitReady()) {
			List<String> urls = List.of(lectern.url(), lectern.url(PROGRESS), "http://127.0.0.1:" + node.port());
			String own = readings(phone);
			urls.forEach((url) -> assertThat(status(url + own, phone.token())).isEqualTo(200));
			try (RecordingStreamClient relayed = stream(lectern.url(), phone);
					RecordingStreamClient direct = stream(lectern.url(PROGRESS), phone);
					RecordingStreamClient elsewhere = stream(urls.getLast(), phone)) {
				for (RecordingStreamClient stream : List.of(relayed, direct, elsewhere)) {
					stream.nextFrame();
				}
				phone.client().delete().uri("/api/v1/tokens/current").exchange().expectStatus().isNoContent();
				for (RecordingStreamClient stream : List.of(relayed, direct, elsewhere)) {
					assertEndsAsSignedOut(stream);
				}
			}
			urls.forEach((url) -> awaitUnauthorized(url + own, phone.token()));
			assertThat(renewal(lectern, phone.token())).isEqualTo(401);
			restart(lectern, "gateway");
			awaitUnauthorized(lectern.url() + own, phone.token());
			lectern.kill(PROGRESS);
			assertThat(status(lectern.url() + own, phone.token())).as("while progress-service is away").isEqualTo(401);
			assertThat(status(urls.getLast() + own, phone.token())).isEqualTo(401);
		}
		lectern.awaitReady(PROGRESS);
		awaitUnauthorized(lectern.url(PROGRESS) + readings(phone), phone.token());
	}

	@Test
	void curatorWhoHasSignedOutCannotWrite(LecternInstance lectern) throws Exception {
		String token = lectern.adminToken();
		CuratorClient curator = new CuratorClient(lectern);
		for (String service : List.of("gateway", "catalog-service")) {
			assertThat(status(lectern.url(service) + "/api/v1/imports", token)).isEqualTo(200);
		}
		request(lectern.url(), token).delete().uri("/api/v1/tokens/current").exchange().expectStatus().isNoContent();
		for (String service : List.of("gateway", "catalog-service")) {
			awaitUnauthorized(lectern.url(service) + "/api/v1/imports", token);
			assertThat(status(lectern.url(service) + "/api/v1/books", token)).as("a public read").isEqualTo(200);
		}
		restart(lectern, "catalog-service");
		awaitUnauthorized(lectern.url("catalog-service") + "/api/v1/imports", token);
		curator.saveBook("after-sign-out", "After Sign-Out");
	}

	private static void restart(LecternInstance lectern, String service) throws Exception {
		long killed = lectern.pid(service);
		lectern.kill(service);
		lectern.awaitRestart(service, killed);
	}

	private static String readings(LecternInstance.AuthenticatedClient reader) {
		return path(reader) + "/readings";
	}

	private static String path(LecternInstance.AuthenticatedClient reader) {
		return "/api/v1/readers/" + claims(reader.token()).path("sub").asString();
	}

	private static JsonNode claims(String token) {
		return JsonTrees
			.parse(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
	}

	private static RecordingStreamClient stream(String url, LecternInstance.AuthenticatedClient reader) {
		return RecordingStreamClient.connect(url + path(reader) + "/events",
				Map.of("Authorization", "Bearer " + reader.token()));
	}

	private static void assertEndsAsSignedOut(RecordingStreamClient stream) throws InterruptedException {
		RecordingStreamClient.ReceivedFrame frame = stream.nextFrame();
		while (!frame.field("event").equals("end")) {
			frame = stream.nextFrame();
		}
		assertThat(frame.field("data")).isEqualTo("{\"reason\":\"signed-out\"}");
	}

	private static void awaitUnauthorized(String url, String token) {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> status(url, token) == HttpStatus.UNAUTHORIZED.value());
	}

	private static int renewal(LecternInstance lectern, String token) {
		return request(lectern.url(), token).post()
			.uri("/api/v1/tokens")
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

	private static int status(String url, String token) {
		return request(url, token).get().exchange().expectBody().returnResult().getStatus().value();
	}

	private static WebTestClient request(String url, String token) {
		return WebTestClient.bindToServer()
			.baseUrl(url)
			.responseTimeout(HANG_LIMIT)
			.defaultHeaders((headers) -> headers.setBearerAuth(token))
			.build();
	}

}
