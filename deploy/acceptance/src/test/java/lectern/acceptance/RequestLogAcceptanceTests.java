package lectern.acceptance;

import java.io.IOException;
import java.util.UUID;

import lectern.acceptance.LecternInstance.AuthenticatedClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The id in a problem document leads to a line in the log of each process that has seen
 * the request.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class RequestLogAcceptanceTests {

	@Test
	void idOfTimeoutLeadsToGatewayAndService(LecternInstance lectern) throws Exception {
		String reader = "log-" + UUID.randomUUID().toString().substring(0, 8);
		AuthenticatedClient client = lectern.registerReader(reader);
		String id;
		lectern.suspend("progress-service");
		try {
			id = JsonTrees
				.parse(client.client()
					.get()
					.uri("/api/v1/readers/{reader}/readings?limit=7", reader)
					.exchange()
					.expectStatus()
					.isEqualTo(504))
				.path("requestId")
				.asString();
		}
		finally {
			lectern.resume("progress-service");
		}

		assertThat(lectern.logLines("gateway", id)).singleElement()
			.asString()
			.contains("WARN ", "status=504 method=GET path=/api/v1/readers/{reader}/readings requestId=" + id);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(lectern.logLines("progress-service", id)).singleElement()
				.asString()
				.contains("The client has left before the response",
						"method=GET path=/api/v1/readers/{reader}/readings "));
		assertNowhere(lectern, reader);
	}

	/** The log of security events names readers, because that is what it is for. */
	private static void assertNowhere(LecternInstance lectern, String reader) throws IOException {
		for (String service : Modules.SERVICES) {
			assertThat(lectern.logLines(service, reader)).as(service).allMatch((line) -> line.contains(" l.security "));
		}
	}

}
