package lectern.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;

import lectern.acceptance.LecternInstance.AuthenticatedClient;
import lectern.launcher.DemoCommand;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code ./lectern up --demo}, from the first minute to the last. */
@Timeout(900)
class DemoAcceptanceTests {

	private static final String VISITOR = "/api/v1/readers/demo-visitor";

	/**
	 * What a new catalog has, and what the curator and the other reader of this test
	 * keep.
	 */
	private static final int KEPT_BOOKS = 5 + 2;

	@Test
	void demoLivesUntilItIsStoppedAndForgotten() throws Exception {
		Path data = Files.createTempDirectory("lectern-demo").toRealPath().resolve("data");
		try (LecternInstance lectern = LecternInstance.start(data, "--demo")) {
			new CuratorClient(lectern).saveBook("our-own-book", "Our own book");
			String password = lectern.awaitOutput("Sign in as demo-visitor with the password ").replaceAll(".* ", "");
			assertCatalogImportedWithoutRefusal(lectern);
			ReaderClient other = new ReaderClient(lectern);
			String reading = other.startOrContinueReading("emma");

			AuthenticatedClient visitor = lectern.signIn("demo-visitor", password);
			assertPlaceCanBeRestored(visitor.client());
			assertReadsOn(lectern, visitor);
			awaitPublicActivity(lectern);

			assertThat(lectern.awaitOutput("The demo has ")).contains("303 books, 5 learning paths and 16 readers");
			assertThat(lectern.run(DemoCommand.class, "stop")).startsWith("No reader of the demo reads any more");
			assertThat(readings(visitor.client(), "?status=finished").size()).isEqualTo(7);
			assertThat(lectern.run(DemoCommand.class, "forget"))
				.contains("The demo is forgotten: its 17 readers are erased")
				.contains("but for 1 that others use");

			assertThat(get(lectern.anonymousClient(), "/api/v1/books?limit=200").path("items").valueStream())
				.hasSize(KEPT_BOOKS)
				.extracting((book) -> book.path("id").asString())
				.contains("fluent-python", "our-own-book", "emma");
			assertThat(get(lectern.anonymousClient(), "/api/v1/paths").path("items").size()).isOne();
			visitor.client().get().uri(VISITOR).exchange().expectStatus().isUnauthorized();
			assertThat(other.reading(reading).path("status").asString()).isEqualTo("reading");
			assertThat(lectern.run(DemoCommand.class, "forget")).startsWith("There is no demo to forget");
			assertOnlyOwnerCanRead(data.resolve("demo/state.json"));
			lectern.assertNoBlockingCallAndNoLeak();
		}
	}

	private static void assertCatalogImportedWithoutRefusal(LecternInstance lectern) {
		JsonNode imported = get(lectern.adminClient(), "/api/v1/imports").path("items").path(0);
		assertThat(imported.path("source").asString()).isEqualTo("demo");
		assertThat(imported.path("refused").asInt()).isZero();
		assertThat(imported.path("added").asInt()).isGreaterThan(250).isEqualTo(imported.path("read").asInt());
		assertThat(get(lectern.anonymousClient(), "/api/v1/paths").path("items").size()).isEqualTo(6);
	}

	/** An old device has sent 4 % yesterday; the reader was at 63 % before. */
	private static void assertPlaceCanBeRestored(WebTestClient visitor) {
		JsonNode lost = readings(visitor, "?book=crafting-interpreters").path(0);
		assertThat(lost.path("position").path("fraction").asDouble()).isEqualTo(0.04);
		assertThat(lost.path("furthest").path("fraction").asDouble()).isEqualTo(0.63);
		assertThat(lost.path("devices").size()).isEqualTo(3);
		JsonNode restored = JsonTrees.parse(visitor.post()
			.uri(VISITOR + "/readings/{reading}/restore", lost.path("id").asString())
			.bodyValue(Map.of("to", lost.path("furthest").path("occurredAt").asString(), "axis", "occurred"))
			.exchange()
			.expectStatus()
			.isOk());
		assertThat(restored.path("reading").path("position").path("fraction").asDouble()).isEqualTo(0.63);
		JsonNode planned = readings(visitor, "?book=operating-systems-three-easy-pieces").path(0);
		assertThat(planned.path("plan").has("finishBy")).isTrue();
		JsonNode forecast = get(visitor, VISITOR + "/readings/" + planned.path("id").asString() + "/forecast");
		assertThat(forecast.path("state").asString()).isEqualTo("expected");
		assertThat(get(visitor, VISITOR + "/paths").path("items")
			.valueStream()
			.flatMap((path) -> path.path("gates").valueStream())).extracting((gate) -> gate.path("state").asString())
			.contains("passed", "open", "closed");
	}

	/** A device of the account reads on by itself. */
	private static void assertReadsOn(LecternInstance lectern, AuthenticatedClient visitor) throws Exception {
		try (RecordingStreamClient stream = lectern.subscribe(VISITOR + "/events",
				Map.of("Authorization", "Bearer " + visitor.token()))) {
			assertThat(String.join("\n", stream.nextEvent().lines())).contains("position-reported",
					"moby-dick-or-the-whale");
		}
	}

	/** A minute is published when it is over. */
	private static void awaitPublicActivity(LecternInstance lectern) {
		Awaitility.await()
			.atMost(HANG_LIMIT.plusSeconds(60))
			.untilAsserted(() -> assertThat(
					get(lectern.anonymousClient(), "/api/v1/activity").path("items").path(0).path("readers").asInt())
				.isGreaterThanOrEqualTo(5));
	}

	private static JsonNode readings(WebTestClient visitor, String query) {
		return get(visitor, VISITOR + "/readings" + query).path("items");
	}

	private static JsonNode get(WebTestClient client, String address) {
		return JsonTrees.parse(client.get().uri(address).exchange().expectStatus().isOk());
	}

	private static void assertOnlyOwnerCanRead(Path file) throws Exception {
		assertThat(Files.getPosixFilePermissions(file)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
				PosixFilePermission.OWNER_WRITE);
	}

}
