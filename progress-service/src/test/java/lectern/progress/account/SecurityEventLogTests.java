package lectern.progress.account;

import java.net.InetSocketAddress;
import java.util.List;

import lectern.progress.account.limit.ClientAddressResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SecurityEventLogTests {

	private final SecurityEventLog events = new SecurityEventLog(new ClientAddressResolver(List.of("127.0.0.1")));

	@Test
	void lineHasHandleAddressAndRequest(CapturedOutput output) {
		this.events.write(SecurityEvent.SIGN_IN, " Ada", request("request-1"));
		assertThat(output).contains("sign-in reader=ada address=192.0.2.7 request=request-1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ada\nsign-in reader=forged", "my secret!", "ada\u001b[2J", "${jndi:ldap://a}", "{}" })
	void textThatIsNoHandleIsNotWritten(String typed, CapturedOutput output) {
		this.events.write(SecurityEvent.SIGN_IN_REFUSED, typed, request("request-2"));
		assertThat(output).contains("sign-in-refused reader=- address=192.0.2.7 request=request-2")
			.doesNotContain(typed, "forged", "secret");
	}

	@Test
	void forgedRequestIdIsReplaced(CapturedOutput output) {
		this.events.write(SecurityEvent.SIGN_IN, "ada", request("x\nforged-line"));
		assertThat(output).contains("sign-in reader=ada").doesNotContain("forged");
	}

	@Test
	void reachedLimitIsWrittenOnceForAddress(CapturedOutput output) {
		for (int i = 0; i < 5; i++) {
			this.events.write(SecurityEvent.SIGN_IN_LIMITED, "ada", request("request-" + i));
		}
		assertThat(output.getOut().split("sign-in-limited", -1)).hasSize(2);
	}

	private static ServerHttpRequest request(String id) {
		return MockServerHttpRequest.post("/api/v1/tokens")
			.remoteAddress(new InetSocketAddress("127.0.0.1", 4711))
			.header("X-Forwarded-For", "192.0.2.7")
			.header("X-Request-Id", id)
			.build();
	}

}
