package lectern.gateway.limit;

import java.net.InetSocketAddress;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.web.Problem;
import lectern.web.QuotaStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestLimitsTests {

	private static final Client HOME = Client.at(new InetSocketAddress("192.0.2.1", 443));

	private static final Client OFFICE = Client.at(new InetSocketAddress("192.0.2.2", 443));

	private static final Client ADA = Client.reader("ada");

	private static final Client BOB = Client.reader("bob");

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RequestLimits limits = limits(new RequestLimitSettings(4, 3, 1, 1, 0, 0, 2, 100, 100, 3, 2));

	private RequestLimits limits(RequestLimitSettings settings) {
		return new RequestLimits(settings, new SketchRateLimiter(() -> 0), this.registry);
	}

	@Test
	void readerIsLimitedAtAllAddressesTogether() {
		assertAdmitted(RequestCost.READ, HOME, ADA, "reads-per-address;3", "reads-per-reader;2");
		assertAdmitted(RequestCost.READ, HOME, ADA, "reads-per-address;2", "reads-per-reader;1");
		assertAdmitted(RequestCost.READ, OFFICE, ADA, "reads-per-address;3", "reads-per-reader;0");
		assertRefused(RequestCost.READ, OFFICE, ADA, "reads-per-reader", "One reader may send 3 reads a minute.");
		assertAdmitted(RequestCost.READ, HOME, BOB, "reads-per-address;1", "reads-per-reader;2");
	}

	@Test
	void addressIsLimitedForAllReadersTogether() {
		for (int i = 0; i < 2; i++) {
			assertThat(admit(RequestCost.READ, HOME, ADA).refusal()).isNull();
			assertThat(admit(RequestCost.READ, HOME, BOB).refusal()).isNull();
		}
		assertRefused(RequestCost.READ, HOME, null, "reads-per-address", "One address may send 4 reads a minute.");
		assertRefused(RequestCost.READ, HOME, ADA, "reads-per-address", "One address may send 4 reads a minute.");
		// It did not cost the reader anything.
		assertAdmitted(RequestCost.READ, OFFICE, ADA, "reads-per-address;3", "reads-per-reader;0");
	}

	@Test
	void requestThatIsRefusedToReaderIsNotCountedForAddress() {
		for (int i = 0; i < 20; i++) {
			admit(RequestCost.READ, HOME, ADA);
		}
		assertAdmitted(RequestCost.READ, HOME, null, "reads-per-address;0");
	}

	@Test
	void costsAreLimitedApart() {
		assertThat(admit(RequestCost.SEARCH, HOME, null).refusal()).isNull();
		assertRefused(RequestCost.SEARCH, HOME, null, "searches-per-address",
				"One address may send 1 searches a minute.");
		assertThat(admit(RequestCost.READ, HOME, null).refusal()).isNull();
		assertThat(admit(RequestCost.SIGN_IN, HOME, null).refusal()).isNull();
		assertThat(admit(RequestCost.SIGN_IN, HOME, null).refusal()).isNull();
		assertRefused(RequestCost.SIGN_IN, HOME, null, "sign-ins-per-address",
				"One address may send 2 sign-ins and registrations a minute.");
	}

	@Test
	void zeroIsNoLimit() {
		for (int i = 0; i < 1_000; i++) {
			Admission admission = admit(RequestCost.WRITE, HOME, ADA);
			assertThat(admission.refusal()).isNull();
			assertThat(admission.quotas()).isEmpty();
		}
		RequestLimits unlimited = limits(new RequestLimitSettings(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
		for (int i = 0; i < 100; i++) {
			assertThat(unlimited.admit(RequestCost.TRANSFER, HOME, ADA).refusal()).isNull();
		}
	}

	@Test
	void transfersAtOnceAreLimitedUntilTheyEnd() {
		Admission first = admit(RequestCost.TRANSFER, HOME, ADA);
		admit(RequestCost.TRANSFER, OFFICE, ADA);
		assertRefused(RequestCost.TRANSFER, HOME, ADA, "open-transfers-per-reader",
				"One reader may have 2 exports and imports that run at once.");
		admit(RequestCost.TRANSFER, HOME, BOB);
		Admission last = admit(RequestCost.TRANSFER, HOME, null);
		assertRefused(RequestCost.TRANSFER, HOME, null, "open-transfers-per-address",
				"One address may have 3 exports and imports that run at once.");
		end(first);
		end(last);
		assertThat(admit(RequestCost.TRANSFER, HOME, ADA).refusal()).isNull();
	}

	@Test
	void nothingIsKeptOfTransfersThatHaveEnded() {
		for (int i = 0; i < 50; i++) {
			end(admit(RequestCost.TRANSFER, HOME, ADA));
		}
		assertThat(this.limits.clientsWithOpenTransfers()).isZero();
	}

	private static void end(Admission admission) {
		assertThat(admission.onEnd()).isNotNull().satisfies(Runnable::run);
	}

	private Admission admit(RequestCost cost, Client address, @Nullable Client reader) {
		return this.limits.admit(cost, address, reader);
	}

	private void assertAdmitted(RequestCost cost, Client address, @Nullable Client reader, String... left) {
		Admission admission = admit(cost, address, reader);
		assertThat(admission.refusal()).isNull();
		assertThat(admission.quotas()).extracting((quota) -> quota.policy() + ";" + quota.remaining())
			.isEqualTo(List.of(left));
	}

	private void assertRefused(RequestCost cost, Client address, @Nullable Client reader, String policy,
			String detail) {
		double before = refusals(policy);
		Admission admission = admit(cost, address, reader);
		assertThat(admission.quotas()).singleElement()
			.satisfies((quota) -> assertThat(quota.policy()).isEqualTo(policy))
			.extracting(QuotaStatus::remaining)
			.isEqualTo(0);
		Problem refusal = admission.refusal();
		assertThat(refusal).isNotNull();
		assertThat(refusal.type()).isEqualTo(RequestLimits.TOO_MANY_REQUESTS);
		assertThat(refusal.detail()).startsWith(detail + " Try again in ");
		assertThat(refusal.headers().getFirst("Retry-After")).matches("[1-9][0-9]?");
		assertThat(refusal.headers().getFirst("RateLimit")).startsWith("\"" + policy + "\";r=0");
		assertThat(refusals(policy)).isEqualTo(before + 1);
	}

	private double refusals(String policy) {
		return this.registry.get("lectern.limits.refused").tag("reason", policy).counter().count();
	}

}
