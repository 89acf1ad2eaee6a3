package lectern.gateway;

import java.io.IOException;
import java.util.List;

import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway logs of failed requests, on the short way and on the ordinary one. */
@NullUnmarked
@ExtendWith(OutputCaptureExtension.class)
class FailureLogIntegrationTests extends GatewayFixture {

	private static final String SHORT_WAY = "";

	private static final String ORDINARY_WAY = "TE: trailers\r\n";

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void idOfTimeoutIsThatOfService(String way, CapturedOutput output) throws IOException {
		String response = send("silent", way);
		String id = idIn(response);

		assertThat(response).contains("504 Gateway Timeout");
		assertThat(id).isEqualTo(StubResponses.REQUEST_IDS.get("silent"));
		assertThat(lines(output, id)).singleElement()
			.asString()
			.contains("WARN ", "status=504 method=GET path=" + StubResponses.ROOT + "silent");
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void failureOfServiceIsLoggedWhenPassedOn(String way, CapturedOutput output) throws IOException {
		assertThat(send("failed?token=secret", "X-Request-Id: passed-on-failure\r\n" + way)).contains("HTTP/1.1 500");
		assertThat(lines(output, "passed-on-failure")).singleElement()
			.asString()
			.contains("The service has answered so status=500 method=GET path=" + StubResponses.ROOT + "failed ");
		assertThat(output).doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void closedConnectionIsOneLine(String way, CapturedOutput output) throws IOException {
		String response = send("cut", way);

		assertThat(response).contains("503 Service Unavailable");
		assertThat(lines(output, idIn(response))).singleElement().asString().contains("Exception", "status=503");
		assertThat(output).doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void responseThatIsCutOffIsOneLine(String way, CapturedOutput output) throws IOException {
		assertThat(send("broken", "X-Request-Id: cut-off-response\r\n" + way)).contains("200 OK");
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(lines(output, "cut-off-response")).singleElement()
				.asString()
				.contains("The response is cut off"));
		assertThat(output).doesNotContain("\tat ");
	}

	@ParameterizedTest
	@ValueSource(strings = { SHORT_WAY, ORDINARY_WAY })
	void stoppedServiceIsOneLine(String way, CapturedOutput output) throws IOException {
		CATALOG.stop();
		try {
			String response = send("silent", way);
			assertThat(response).contains("503 Service Unavailable");
			assertThat(lines(output, idIn(response))).singleElement().asString().contains("Connection refused");
			assertThat(output).doesNotContain("\tat ");
		}
		finally {
			CATALOG.restart();
		}
	}

	private static List<String> lines(CapturedOutput output, String id) {
		return output.getAll().lines().filter((line) -> line.contains("requestId=" + id)).toList();
	}

	private static String idIn(String response) {
		return response.replaceAll("(?s).*\"requestId\":\"([^\"]+)\".*", "$1");
	}

	private String send(String name, String headers) throws IOException {
		RawResponse response = RawResponse.to(this.port, "GET " + StubResponses.ROOT + name
				+ " HTTP/1.1\r\nHost: 127.0.0.1:" + this.port + "\r\nConnection: close\r\n" + headers + "\r\n");
		return String.join("\n", response.head()) + "\n" + response.body();
	}

}
