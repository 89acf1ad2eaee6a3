package lectern.gateway.upstream;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.web.ServiceAddresses;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class UpstreamCallTests {

	private static final URI CATALOG = URI.create("lb://catalog-service");

	private static final URI FIRST = URI.create("http://127.0.0.1:1");

	private static final URI SECOND = URI.create("http://127.0.0.1:2");

	private final UpstreamServices services = new UpstreamServices(
			new ServiceAddresses(new ServiceAddresses.CatalogAddress(List.of(FIRST)),
					new ServiceAddresses.ProgressAddress(List.of(FIRST, SECOND))),
			new UpstreamSettings(2, 20, Duration.ofSeconds(5), Duration.ofSeconds(1), 1000, Duration.ofMillis(500)),
			new SimpleMeterRegistry());

	private final UpstreamService catalog = this.services.get(CATALOG);

	@Test
	void callsThatFailOpenBreakerUntilHealthCheckPasses() {
		call(50, (call) -> call.onFailure(new IOException("broken")));
		assertThat(this.catalog.newCall(true).next()).isNull();
		ServiceAddress address = this.catalog.addressOfStream();
		assertThat(address.isOpen()).isTrue();
		address.onAlive(true);
		assertThat(this.catalog.newCall(true).next()).isSameAs(address);
	}

	@Test
	void refusedConnectionsDoNotOpenBreaker() {
		call(50, (call) -> call.onFailure(new ConnectException("refused")));
		assertThat(this.catalog.newCall(true).next()).isNotNull();
	}

	/** Otherwise one client could take a service away from all others. */
	@Test
	void clientsThatLeaveOrStallDoNotOpenBreaker() {
		call(50, UpstreamCall::abandon);
		call(50, UpstreamCall::close);
		assertThat(this.catalog.newCall(true).next()).isNotNull();
	}

	@Test
	void singleMissedHealthCheckDoesNotOpenBreaker() {
		ServiceAddress address = this.catalog.addressOfStream();
		address.onUnresponsive(false);
		assertThat(address.isOpen()).isFalse();
		address.onUnresponsive(true);
		assertThat(address.isOpen()).isTrue();
	}

	@Test
	void requestIsRepeatedTwiceAtOtherAddresses() {
		UpstreamCall call = this.services.progress().newCall(true);
		assertThat(call.tryEnter()).isTrue();
		ServiceAddress first = Objects.requireNonNull(call.next());
		call.onFailure(new IOException("broken"));
		assertThat(call.retryDelayMillis()).isBetween(0L, 50L);
		ServiceAddress second = Objects.requireNonNull(call.next());
		assertThat(second).isNotSameAs(first);
		call.onFailure(new IOException("broken"));
		assertThat(call.retryDelayMillis()).isBetween(0L, 100L);
		assertThat(call.next()).isNotSameAs(second);
		call.onFailure(new IOException("broken"));
		assertThat(call.retryDelayMillis()).isNegative();
	}

	@Test
	void firstAttemptLeavesTimeIfThereIsAnotherAddress() {
		UpstreamCall progress = this.services.progress().newCall(true);
		progress.next();
		assertThat(progress.attemptTimeoutNanos(1000, true)).isEqualTo(500);
		assertThat(progress.attemptTimeoutNanos(1000, false)).isEqualTo(1000);
		UpstreamCall single = this.catalog.newCall(true);
		single.next();
		assertThat(single.attemptTimeoutNanos(1000, true)).isEqualTo(1000);
	}

	@Test
	void addressWithFewestCallsIsChosen() {
		List<ServiceAddress> chosen = IntStream.range(0, 10)
			.mapToObj((_) -> Objects.requireNonNull(this.services.progress().newCall(true).next()))
			.toList();
		assertThat(chosen).filteredOn((address) -> address.uri().equals(FIRST)).hasSize(5);
	}

	@Test
	void closedCallReturnsItsPermit() {
		call(1000, UpstreamCall::close);
		call(1000, UpstreamCall::onResponse);
		call(1000, UpstreamCall::abandon);
	}

	private void call(int count, Consumer<UpstreamCall> end) {
		for (int i = 0; i < count; i++) {
			UpstreamCall call = this.catalog.newCall(true);
			assertThat(call.tryEnter()).isTrue();
			call.next();
			end.accept(call);
			call.close();
		}
	}

}
