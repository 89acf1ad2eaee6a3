package lectern.web;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RefusedAccessLogTests {

	@Test
	void eachReaderIsWrittenOnceAMinute(CapturedOutput output) {
		for (int attempt = 1; attempt <= 5; attempt++) {
			RefusedAccessLog.write("refused-ada", request("request-" + attempt));
		}
		RefusedAccessLog.write("refused-eve", request("request-6"));
		assertThat(output.getOut().lines().filter((line) -> line.contains("access-refused"))).hasSize(2)
			.element(0)
			.asString()
			.endsWith("access-refused reader=refused-ada address=192.0.2.7 request=request-1");
	}

	private static ServerHttpRequest request(String id) {
		return MockServerHttpRequest.delete("/api/v1/books/x")
			.remoteAddress(new InetSocketAddress("192.0.2.7", 4711))
			.header("X-Request-Id", id)
			.build();
	}

}
