package lectern.streaming;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Nobody is refused for the moment's sake. */
class ComeBackTests {

	private final Pulse pulse = new Pulse(() -> 0);

	private final Streams streams = new Streams(new StreamSettings(10, 10, 10, Duration.ZERO), this.pulse,
			new SimpleMeterRegistry());

	private final OriginUnderTest origin = new OriginUnderTest();

	private final Hub<String> hub = new Hub<>("/events", "/present", this.origin,
			(cursor, entry) -> entry.event().getBytes(), (_) -> null, this.streams);

	@Test
	void itShowsTheClientsPlaceAndEnds() {
		Client client = new Client(new ComeBack(this.streams.meters("/events"), "epoch000-3"), this.pulse);
		assertThat(client.text()).matches("retry:\\d{4}\\n:lectern\\nid:epoch000-3\\n\\n"
				+ "retry:\\d{4}\\n\\nevent:end\\ndata:\\{\"reason\":\"drain\"}\\n\\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.placeGiven).isEqualTo(1);
	}

	@Test
	void whoWaitsTooLongForTheRingIsToldTo() {
		StepVerifier.withVirtualTime(this::connection)
			.expectSubscription()
			.expectNoEvent(Duration.ofSeconds(29))
			.thenAwait(Duration.ofSeconds(1))
			.assertNext((connection) -> assertThat(connection).isInstanceOf(ComeBack.class))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void whoWaitsWhenTheServiceStopsIsToldTo() {
		StepVerifier.create(connection()).expectSubscription().then(() -> this.streams.stop(() -> {
		}))
			.assertNext((connection) -> assertThat(connection).isInstanceOf(ComeBack.class))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void whoComesWhileTheServiceStopsLearnsItsPlace() {
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
		this.streams.stop(() -> {
		});
		StepVerifier.create(connection())
			.assertNext((connection) -> assertThat(connection).isInstanceOf(Subscriber.class))
			.expectComplete()
			.verify(HANG_LIMIT);
		this.hub.stop();
	}

	private Mono<Connection> connection() {
		return this.hub.connection(MockServerHttpRequest.get("/events").build(), Subscription.all(this.origin));
	}

}
