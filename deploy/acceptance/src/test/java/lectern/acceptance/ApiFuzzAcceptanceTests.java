package lectern.acceptance;

import java.util.List;

import lectern.acceptance.fuzz.ApiCalls;
import lectern.acceptance.fuzz.ApiVocabulary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is sent, the answer is as the OpenAPI document says, and the services are as
 * before. A build sends the same requests each time; a proof sends others, unless the
 * system property {@code lectern.fuzz.seed} repeats those of an earlier run.
 */
@ExtendWith(LecternExtension.class)
@Timeout(1800)
class ApiFuzzAcceptanceTests {

	private static final int REQUESTS = TestScale.size(20_000, 1_000);

	/** Load the code and fill the caches before the memory is measured. */
	private static final int WARM_UP_REQUESTS = REQUESTS / 5;

	private static final long SEED = Long.getLong("lectern.fuzz.seed", TestScale.isFull() ? System.nanoTime() : 17);

	@Test
	void everyAnswerIsAsDocumented(LecternInstance lectern) throws Exception {
		System.out.println("acceptance: fuzz with -Dlectern.fuzz.seed=" + SEED);
		FuzzWorld world = FuzzWorld.create(lectern, TestScale.size(40, 8));
		ApiVocabulary vocabulary = world.vocabulary();
		try (FuzzRun run = new FuzzRun(lectern, world, SEED)) {
			JqwikSession.start();
			List<String> failures = run.send(new ApiCalls(vocabulary, SEED + 1), WARM_UP_REQUESTS);
			ServiceResources before = ServiceResources.measure(lectern);
			long start = System.nanoTime();
			failures.addAll(run.send(new ApiCalls(vocabulary, SEED), REQUESTS - WARM_UP_REQUESTS));
			TestScale.report("%d requests (%d measured in %d ms), seed %d, %d problem types: %s", REQUESTS,
					REQUESTS - WARM_UP_REQUESTS, (System.nanoTime() - start) / 1_000_000, SEED, run.problemTypes(),
					run.counts());

			assertThat(failures).as("answers that break a rule, with the seed " + SEED).isEmpty();
			assertThat(run.problemsWithoutPage()).isEmpty();
			ServiceResources.assertIdle(lectern);
			ServiceResources after = ServiceResources.measure(lectern);
			TestScale.report("memory in use before and after: %s, %s", before, after);
			after.assertReturnedTo(before);
			lectern.assertNoBlockingCallAndNoLeak();
		}
		finally {
			JqwikSession.finish();
		}
	}

}
