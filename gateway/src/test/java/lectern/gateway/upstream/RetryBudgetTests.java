package lectern.gateway.upstream;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class RetryBudgetTests {

	@Test
	void retriesAreShareOfRecentRequests() {
		RetryBudget budget = new RetryBudget(20, 0);
		assertThat(retries(budget, 0)).as("without requests").isEqualTo(100);
		for (int i = 0; i < 1000; i++) {
			budget.onRequest(0);
		}
		assertThat(retries(budget, 0)).isEqualTo(200);
	}

	@Test
	void oldRequestsDoNotCount() {
		RetryBudget budget = new RetryBudget(20, 0);
		for (int i = 0; i < 1000; i++) {
			budget.onRequest(0);
		}
		assertThat(retries(budget, seconds(5))).isEqualTo(300);
		assertThat(retries(budget, seconds(10))).isZero();
		assertThat(retries(budget, seconds(60))).isEqualTo(100);
	}

	@Test
	void noPercentIsNoRetry() {
		assertThat(retries(new RetryBudget(0, 0), 0)).isZero();
	}

	private static int retries(RetryBudget budget, long now) {
		int retries = 0;
		while (budget.tryRetry(now)) {
			retries++;
		}
		return retries;
	}

	private static long seconds(long seconds) {
		return TimeUnit.SECONDS.toNanos(seconds);
	}

}
