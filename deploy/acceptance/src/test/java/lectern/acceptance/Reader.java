package lectern.acceptance;

import java.util.Map;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who reads, through the gateway. */
final class Reader {

	private final String handle = "reader-" + UUID.randomUUID().toString().substring(0, 8);

	private final Lectern lectern;

	private final Lectern.SignedIn signedIn;

	Reader(Lectern lectern) {
		this.lectern = lectern;
		this.signedIn = lectern.newReader(this.handle);
	}

	String handle() {
		return this.handle;
	}

	Subscriber follow(String lastId) {
		Map<String, String> token = Map.of("Authorization", "Bearer " + this.signedIn.token());
		Map<String, String> resumed = Map.of("Authorization", "Bearer " + this.signedIn.token(), "Last-Event-ID",
				lastId);
		return this.lectern.follow("/api/v1/readers/" + this.handle + "/events",
				lastId.isEmpty() ? token : resumed);
	}

	String start(String book) {
		return Json
			.of(client().post()
				.uri("/api/v1/readers/{reader}/readings", this.handle)
				.bodyValue(Map.of("book", book))
				.exchange()
				.expectStatus()
				.isCreated())
			.path("id")
			.asString();
	}

	/** Report a position; the cursor of the report. */
	String report(String reading, double fraction) {
		return client().post()
			.uri("/api/v1/readers/{reader}/readings/{reading}/positions", this.handle, reading)
			.bodyValue(Map.of("fraction", fraction, "device", Map.of("id", "phone", "name", "My phone")))
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(Void.class)
			.getResponseHeaders()
			.getFirst("Cursor");
	}

	/** See the reading at a fraction in a view that has seen the cursor. */
	void assertAt(String reading, double fraction, String cursor) {
		JsonNode readings = Json.of(client().get()
			.uri("/api/v1/readers/{reader}/readings?seen={cursor}", this.handle, cursor)
			.exchange()
			.expectStatus()
			.isOk());
		assertThat(readings.path("items").valueStream().map((each) -> each.path("id").asString()))
			.contains(reading);
		readings.path("items")
			.valueStream()
			.filter((each) -> each.path("id").asString().equals(reading))
			.forEach((each) -> assertThat(each.path("position").path("fraction").asDouble()).isEqualTo(fraction));
	}

	private WebTestClient client() {
		return this.signedIn.client();
	}

}
