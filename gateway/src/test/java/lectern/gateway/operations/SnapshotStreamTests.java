package lectern.gateway.operations;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class SnapshotStreamTests {

	private static final Duration AGE = Duration.ofMinutes(9);

	/** As what is shared: the latest at once, then what comes. */
	private final Sinks.Many<byte[]> snapshots = Sinks.many().replay().latest();

	private final SnapshotStream stream = new SnapshotStream(this.snapshots.asFlux(), Flux.never());

	@Test
	void sendsOpeningBeforeFirstSnapshot() {
		StepVerifier.create(read(Mono.never()))
			.assertNext((text) -> assertThat(text).matches("retry:[2-5]\\d{3}\\n:lectern\\n\\n"))
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	@Test
	void sendsEachSnapshotOnce() {
		StepVerifier.create(read(Mono.never()).skip(1))
			.then(() -> emitSnapshot("a"))
			.expectNext("a")
			.expectNoEvent(Duration.ofMillis(20))
			.then(() -> emitSnapshot("b"))
			.expectNext("b")
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	/** It is being written to, which takes as long as six snapshots come in. */
	@Test
	void slowClientSkipsToLatestSnapshot() {
		List<String> got = new ArrayList<>();
		emitSnapshot("1");
		StepVerifier.create(read(Mono.never()).skip(1).doOnNext((text) -> {
			got.add(text);
			if (got.size() == 2) {
				for (int at = 3; at <= 8; at++) {
					emitSnapshot(Integer.toString(at));
				}
			}
		}))
			.expectNext("1")
			.then(() -> emitSnapshot("2"))
			.expectNext("2")
			.expectNext("8")
			.then(() -> emitSnapshot("9"))
			.expectNext("9")
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	@Test
	void ageSendsEndEvent() {
		StepVerifier.withVirtualTime(() -> read(Mono.never()).skip(1))
			.expectSubscription()
			.then(() -> emitSnapshot("a"))
			.expectNext("a")
			.expectNoEvent(AGE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.assertNext((text) -> assertThat(text)
				.matches("retry:\\d{3,4}\\n\\nevent:end\\ndata:\\{\"reason\":\"age\"}\\n\\n"))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void drainSendsEndEvent() {
		Sinks.Empty<Void> draining = Sinks.empty();
		StepVerifier.create(read(draining.asMono()).skip(1))
			.then(draining::tryEmitEmpty)
			.assertNext((text) -> assertThat(text).endsWith("event:end\ndata:{\"reason\":\"drain\"}\n\n"))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void expiredAgeEndsStreamAtOnce() {
		StepVerifier
			.create(new SnapshotStream(this.snapshots.asFlux(), Flux.never())
				.frames(Duration.ofMinutes(-1), Mono.never())
				.concatMap((frame) -> frame))
			.expectNextCount(2)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	/** The one being written is never done with, so the end is not either: it is told. */
	@Test
	void stalledClientStillCompletesEnded() {
		AtomicInteger written = new AtomicInteger();
		StepVerifier
			.withVirtualTime(() -> this.stream.frames(AGE, Mono.never())
				.concatMap((frame) -> frame.doOnNext((_) -> written.incrementAndGet()).then(Mono.<byte[]>never()))
				.takeUntilOther(this.stream.ended()))
			.expectSubscription()
			.expectNoEvent(AGE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectComplete()
			.verify(HANG_LIMIT);
		assertThat(written).hasValue(1);
	}

	@Test
	void cancelReleasesSnapshotSubscription() {
		StepVerifier.create(read(Mono.never())).expectNextCount(1).thenCancel().verify(HANG_LIMIT);
		assertThat(this.snapshots.currentSubscriberCount()).isZero();
	}

	private Flux<String> read(Mono<Void> draining) {
		return this.stream.frames(AGE, draining)
			.concatMap((frame) -> frame)
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private void emitSnapshot(String text) {
		this.snapshots.tryEmitNext(text.getBytes(StandardCharsets.UTF_8));
	}

}
