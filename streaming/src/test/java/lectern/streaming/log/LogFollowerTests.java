package lectern.streaming.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class LogFollowerTests {

	private final List<Long> reads = new ArrayList<>();

	private Sinks.Empty<Void> signal = Sinks.empty();

	private long last;

	private final LogFollower<String> follower = new LogFollower<>((after, _, limit) -> Flux.defer(() -> {
		this.reads.add(after);
		return Flux.fromStream(LongStream.rangeClosed(after + 1, this.last)
			.limit(limit)
			.mapToObj((position) -> new EventEnvelope<>(position, Instant.EPOCH, "event")));
	}), () -> this.signal.asMono());

	@Test
	void partialPageIsFollowedByNoReadBeforeTheNextSignal() {
		this.last = 2;
		StepVerifier.create(this.follower.after(0).map(List::size))
			.expectNext(2)
			.then(() -> assertThat(this.reads).containsExactly(0L))
			.then(() -> append(3))
			.expectNext(1)
			.then(() -> assertThat(this.reads).containsExactly(0L, 2L))
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	@Test
	void fullPageIsFollowedByTheNextOneAtOnce() {
		this.last = 300;
		StepVerifier.create(this.follower.after(0).map(List::size)).expectNext(256, 44).thenCancel().verify(HANG_LIMIT);
	}

	@Test
	void emptyLogIsReadAgainAfterASignal() {
		StepVerifier.create(this.follower.after(0).map(List::size))
			.expectNext(0)
			.then(() -> append(0))
			.expectNext(0)
			.then(() -> append(1))
			.expectNext(1)
			.then(() -> assertThat(this.reads).containsExactly(0L, 0L, 0L))
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	private void append(long position) {
		this.last = position;
		Sinks.Empty<Void> previous = this.signal;
		this.signal = Sinks.empty();
		previous.tryEmitEmpty();
	}

}
