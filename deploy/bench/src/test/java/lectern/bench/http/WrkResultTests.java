package lectern.bench.http;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WrkResultTests {

	@Test
	void parsesOutputOfScript() throws IOException {
		WrkResult result = WrkResult.parse("""
				Running 2s test @ http://127.0.0.1:8081
				Requests/sec:   1000.00
				summary 2000 2000100 0 0
				latencies 500 900 12345
				""");

		assertThat(result.responses()).isEqualTo(2000);
		assertThat(result.elapsed()).isEqualTo(Duration.ofNanos(2_000_100_000));
		assertThat(result.latencies()).containsExactly(Duration.ofNanos(500_000), Duration.ofNanos(900_000),
				Duration.ofNanos(12_345_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "summary 10 1000 1 0\nlatencies 5", "summary 10 1000 0 2\nlatencies 5" })
	void rejectsFailedRequests(String output) {
		assertThatIOException().isThrownBy(() -> WrkResult.parse(output))
			.withMessageStartingWith("wrk counted")
			.withMessageContaining("failed requests");
	}

	@Test
	void rejectsOutputWithoutResult() {
		assertThatIOException().isThrownBy(() -> WrkResult.parse("unable to connect to 127.0.0.1:1"))
			.withMessageContaining("unable to connect");
	}

}
