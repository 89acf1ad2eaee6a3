package lectern.streaming.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StreamAdmissionTests {

	private static final String FIRST_ADDRESS = "192.0.2.1";

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final StreamMeters meters = new StreamMeters("/events", this.registry);

	private final StreamMeters limitedMeters = new StreamMeters("/limited", this.registry);

	private final StreamAdmission admission = new StreamAdmission(
			new StreamSettings(5, 2, 3, Map.of("/limited", 1), Duration.ofMinutes(10), Duration.ZERO));

	@Test
	void limitsAllConnections() {
		for (int index = 0; index < 5; index++) {
			acquire("192.0.2." + index, null);
		}
		assertRefused("192.0.2.9", null, this.meters, 503, "all");
	}

	/** Without the stream of ended sessions another service could accept no token. */
	@Test
	void clientsTakeNoPlaceOfInternalStreams() {
		for (int index = 0; index < 5; index++) {
			acquire("192.0.2." + index, null);
		}
		StreamPermit permit = this.admission.acquireInternal(this.meters);
		assertRefused("192.0.2.9", null, this.meters, 503, "all");
		permit.release();
	}

	@Test
	void limitsConnectionsOfOneAddress() {
		for (int index = 0; index < 3; index++) {
			acquire(FIRST_ADDRESS, null);
		}
		assertRefused(FIRST_ADDRESS, null, this.meters, 429, "address");
		acquire("192.0.2.2", null);
	}

	@Test
	void countsIpv6NetworkAsOneAddress() {
		acquire("2001:db8::1", null);
		acquire("2001:db8::2", null);
		acquire("2001:db8::ffff:3", null);
		assertRefused("2001:db8::4", null, this.meters, 429, "address");
		acquire("2001:db8:0:1::1", null);
	}

	@Test
	void limitsConnectionsOfOneReader() {
		acquire(FIRST_ADDRESS, "ada");
		acquire("192.0.2.2", "ada");
		assertRefused("192.0.2.3", "ada", this.meters, 429, "reader");
		acquire("192.0.2.3", "bob");
	}

	@Test
	void limitsConnectionsOfOneStream() {
		StreamPermit permit = acquire(FIRST_ADDRESS, "ada", this.limitedMeters);
		assertRefused(FIRST_ADDRESS, "ada", this.limitedMeters, 503, "stream");
		acquire(FIRST_ADDRESS, "ada", this.meters);
		permit.release();
		acquire(FIRST_ADDRESS, "ada", this.limitedMeters);
	}

	@Test
	void tellsHowManyStreamsAreLeft() {
		acquire(FIRST_ADDRESS, "ada");
		assertThat(quotas(FIRST_ADDRESS, "ada")).containsExactly("\"streams-per-address\";r=2",
				"\"streams-per-reader\";r=1");
		assertThat(quotas("192.0.2.9", null)).containsExactly("\"streams-per-address\";r=3");
		acquire("192.0.2.2", "ada");
		assertThat(quotas(FIRST_ADDRESS, "ada")).last().isEqualTo("\"streams-per-reader\";r=0");
	}

	private List<String> quotas(String address, @Nullable String reader) {
		HttpHeaders response = new HttpHeaders();
		this.admission.addQuotas(new InetSocketAddress(address, 1234), reader, response);
		assertThat(response.getOrEmpty("RateLimit-Policy")).first()
			.isEqualTo("\"streams-per-address\";q=3;qu=\"concurrent-requests\"");
		return response.getOrEmpty("RateLimit");
	}

	@Test
	void releasedPermitsAndRefusalsCountNothing() {
		StreamPermit permit = acquire(FIRST_ADDRESS, "ada", this.limitedMeters);
		for (int round = 0; round < 10; round++) {
			assertRefused(FIRST_ADDRESS, "ada", this.limitedMeters, 503, "stream");
		}
		assertThat(this.admission.isIdle()).isFalse();
		permit.release();
		permit.release();
		assertThat(this.admission.isIdle()).isTrue();
		acquire(FIRST_ADDRESS, "ada");
		acquire(FIRST_ADDRESS, "ada");
	}

	private StreamPermit acquire(String address, @Nullable String reader) {
		return acquire(address, reader, this.meters);
	}

	private StreamPermit acquire(String address, @Nullable String reader, StreamMeters streamMeters) {
		return this.admission.acquire(new InetSocketAddress(address, 1234), reader, streamMeters);
	}

	private void assertRefused(String address, @Nullable String reader, StreamMeters streamMeters, int status,
			String reason) {
		double before = refused(reason);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> acquire(address, reader, streamMeters))
			.satisfies((problem) -> assertThat(problem.type().status().value()).isEqualTo(status));
		assertThat(refused(reason)).isEqualTo(before + 1);
	}

	private double refused(String reason) {
		return this.registry.find(StreamMeter.REFUSED.getName())
			.tag("reason", reason)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
