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

class WatchTests {

	private static final Duration AGE = Duration.ofMinutes(9);

	/** As what is shared: the latest at once, then what comes. */
	private final Sinks.Many<byte[]> snapshots = Sinks.many().replay().latest();

	private final Watch watch = new Watch(this.snapshots.asFlux(), Flux.never());

	@Test
	void opensAtOnceBeforeAnythingIsKnown() {
		StepVerifier.create(read(Mono.never()))
			.assertNext((text) -> assertThat(text).matches("retry:[2-5]\\d{3}\\n:lectern\\n\\n"))
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	@Test
	void eachSnapshotIsSentOnce() {
		StepVerifier.create(read(Mono.never()).skip(1))
			.then(() -> show("a"))
			.expectNext("a")
			.expectNoEvent(Duration.ofMillis(20))
			.then(() -> show("b"))
			.expectNext("b")
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	/** It is being written to, which takes as long as six snapshots come in. */
	@Test
	void whoIsSlowSkipsToTheLatest() {
		List<String> got = new ArrayList<>();
		show("1");
		StepVerifier.create(read(Mono.never()).skip(1).doOnNext((text) -> {
			got.add(text);
			if (got.size() == 2) {
				for (int at = 3; at <= 8; at++) {
					show(Integer.toString(at));
				}
			}
		}))
			.expectNext("1")
			.then(() -> show("2"))
			.expectNext("2")
			.expectNext("8")
			.then(() -> show("9"))
			.expectNext("9")
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	@Test
	void endsByAgeAndSaysSo() {
		StepVerifier.withVirtualTime(() -> read(Mono.never()).skip(1))
			.expectSubscription()
			.then(() -> show("a"))
			.expectNext("a")
			.expectNoEvent(AGE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.assertNext((text) -> assertThat(text)
				.matches("retry:\\d{3,4}\\n\\nevent:end\\ndata:\\{\"reason\":\"age\"}\\n\\n"))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void endsWhenDrainedAndSaysSo() {
		Sinks.Empty<Void> draining = Sinks.empty();
		StepVerifier.create(read(draining.asMono()).skip(1))
			.then(draining::tryEmitEmpty)
			.assertNext((text) -> assertThat(text).endsWith("event:end\ndata:{\"reason\":\"drain\"}\n\n"))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void whoComesTooLateIsToldAtOnce() {
		StepVerifier
			.create(new Watch(this.snapshots.asFlux(), Flux.never()).frames(Duration.ofMinutes(-1), Mono.never())
				.concatMap((frame) -> frame))
			.expectNextCount(2)
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	/** The one being written is never done with, so the end is not either: it is told. */
	@Test
	void theEndIsKnownThoughNobodyReads() {
		AtomicInteger written = new AtomicInteger();
		StepVerifier
			.withVirtualTime(() -> this.watch.frames(AGE, Mono.never())
				.concatMap((frame) -> frame.doOnNext((_) -> written.incrementAndGet()).then(Mono.<byte[]>never()))
				.takeUntilOther(this.watch.ended()))
			.expectSubscription()
			.expectNoEvent(AGE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectComplete()
			.verify(HANG_LIMIT);
		assertThat(written).hasValue(1);
	}

	@Test
	void whoHasLeftIsSubscribedToNothing() {
		StepVerifier.create(read(Mono.never())).expectNextCount(1).thenCancel().verify(HANG_LIMIT);
		assertThat(this.snapshots.currentSubscriberCount()).isZero();
	}

	private Flux<String> read(Mono<Void> draining) {
		return this.watch.frames(AGE, draining)
			.concatMap((frame) -> frame)
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	private void show(String text) {
		this.snapshots.tryEmitNext(text.getBytes(StandardCharsets.UTF_8));
	}

}
