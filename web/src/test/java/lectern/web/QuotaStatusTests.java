package lectern.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

class QuotaStatusTests {

	private static final QuotaStatus FAILURES = new QuotaStatus("failures-per-address", 20, 3, Duration.ofMinutes(2),
			Duration.ofMillis(1_001));

	@Test
	void quotaOfWindowHasSecondsRoundedUp() {
		HttpHeaders headers = new HttpHeaders();
		FAILURES.addTo(headers);
		assertThat(headers.get("RateLimit-Policy")).containsExactly("\"failures-per-address\";q=20;w=120");
		assertThat(headers.get("RateLimit")).containsExactly("\"failures-per-address\";r=3;t=2");
	}

	@Test
	void quotaOfOpenStreamsHasUnitInsteadOfWindow() {
		HttpHeaders headers = new HttpHeaders();
		FAILURES.addTo(headers);
		QuotaStatus.concurrent("streams-per-reader", 32, 31).addTo(headers);
		assertThat(headers.get("RateLimit-Policy")).last()
			.isEqualTo("\"streams-per-reader\";q=32;qu=\"concurrent-requests\"");
		assertThat(headers.get("RateLimit")).last().isEqualTo("\"streams-per-reader\";r=31");
	}

	@Test
	void problemGetsHeadersOfSeveralQuotas() {
		Problem problem = FAILURES.addTo(FAILURES.addTo(Problem.of(ProblemType.UNAVAILABLE, "Later.")));
		assertThat(problem.headers().get("RateLimit")).hasSize(2);
	}

}
