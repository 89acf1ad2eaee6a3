package lectern.catalog.change;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.catalog.RunningCatalog;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class AppendMetersIntegrationTests {

	private final RunningCatalog catalog = RunningCatalog.seeded();

	private final ChangeLog log = this.catalog.bean(ChangeLog.class);

	@Test
	void failuresOfTheDatabaseAreCountedByReason() {
		double errors = failures("error");
		double timeouts = failures("timeout");
		fail("select 1 / 0");
		assertThat(failures("error")).isEqualTo(errors + 1);
		fail("select pg_sleep(0) from pg_stat_activity, pg_cancel_backend(pg_backend_pid())");
		assertThat(failures("timeout")).isEqualTo(timeouts + 1);
	}

	@Test
	void refusalsOfTheDomainAreNoFailures() {
		double errors = failures("error");
		StepVerifier.create(this.log.inExclusiveTransaction(Mono.error(Problem.of(ProblemType.MALFORMED, "wrong"))))
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
		assertThat(failures("error")).isEqualTo(errors);
	}

	private void fail(String sql) {
		StepVerifier.create(this.log.inExclusiveTransaction(this.catalog.database().sql(sql).then()))
			.expectError()
			.verify(HANG_LIMIT);
	}

	private double failures(String reason) {
		MeterRegistry meters = this.catalog.meters();
		return meters.get("lectern.log.append.failures").tag("reason", reason).counter().count();
	}

}
