package lectern.progress.eventlog;

import java.util.List;
import java.util.Objects;

import lectern.progress.eventlog.StreamClaim.Alias;
import lectern.progress.eventlog.StreamClaim.Opening;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The part of the contract of every {@link EventLog} that concerns claims. */
abstract class StreamClaimContract extends EventLogReadContract {

	private static final List<NewEvent> NONE = List.of();

	@Test
	void oneOfConcurrentExclusiveOpeningsIsCommitted() {
		String reader = newStream();
		List<String> outcomes = Objects.requireNonNull(Flux.range(0, 12).flatMap((_) -> {
			String stream = newStream();
			return open(reader, stream, true).map((_) -> stream)
				.onErrorResume(StreamClaimedException.class, (claimed) -> Mono.just(claimed.holder()));
		}, 12).distinct().collectList().block(HANG_LIMIT));
		assertThat(outcomes).hasSize(1);
	}

	@Test
	void latestOpenStreamHoldsTheBookUntilItIsClosed() {
		String reader = newStream();
		String first = newStream();
		String second = newStream();
		open(reader, first, true).block(HANG_LIMIT);
		open(reader, second, false).block(HANG_LIMIT);
		assertClaimed(open(reader, newStream(), true), second);
		log().append(second, 1, List.of(closed(reader))).block(HANG_LIMIT);
		assertClaimed(open(reader, newStream(), true), first);
		log().append(first, 1, List.of(closed(reader))).block(HANG_LIMIT);
		assertThat(open(reader, newStream(), true).block(HANG_LIMIT)).isNotNull();
		assertThat(open(newStream(), newStream(), true).block(HANG_LIMIT)).as("of another reader").isNotNull();
	}

	@Test
	void rejectedOpeningStoresNothing() {
		String reader = newStream();
		open(reader, newStream(), true).block(HANG_LIMIT);
		Cursor before = cursor();
		String rejected = newStream();
		StepVerifier.create(log().append(rejected, 0, List.of(opened(reader)), idempotencyRecord(rejected, "start"),
				new Opening(reader, "a-book", true)))
			.expectError(StreamClaimedException.class)
			.verify(HANG_LIMIT);
		assertThat(cursor()).isEqualTo(before);
		assertThat(load(rejected)).isEmpty();
		StepVerifier.create(log().storedCommand("ada", rejected)).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void aliasIsStoredForGoodAndItsIdIsNotUsedForAStream() {
		String stream = newStream();
		append(stream, 0, "one");
		String alias = newStream();
		AppendResult named = alias(stream, 1, alias, idempotencyRecord(alias, "start")).block(HANG_LIMIT);
		assertThat(Objects.requireNonNull(named).events()).isEmpty();
		assertThat(log().findByAlias(alias).block(HANG_LIMIT)).isEqualTo(stream);
		assertThat(storedCommand(alias)).isInstanceOf(CommandReference.class);
		assertThat(alias(stream, 1, alias, null).block(HANG_LIMIT)).as("again").isNotNull();
		String other = newStream();
		append(other, 0, "one");
		assertClaimed(alias(other, 1, alias, null), stream);
		assertClaimed(open("ada", alias, false), stream);
		assertThat(log().findByAlias(alias).block(HANG_LIMIT)).isEqualTo(stream);
		StepVerifier.create(log().findByAlias(newStream())).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void aliasIsNotTheIdOfAStreamAndNeedsTheExpectedVersion() {
		String stream = newStream();
		append(stream, 0, "one");
		String other = newStream();
		append(other, 0, "one");
		assertClaimed(alias(stream, 1, other, null), other);
		String alias = newStream();
		StepVerifier.create(alias(stream, 0, alias, null))
			.expectError(VersionConflictException.class)
			.verify(HANG_LIMIT);
		StepVerifier.create(log().findByAlias(alias)).expectComplete().verify(HANG_LIMIT);
	}

	/** Whatever is committed in one batch, an id is either a stream or an alias. */
	@Test
	void oneOfConcurrentUsesOfAnIdIsCommitted() {
		String stream = newStream();
		append(stream, 0, "one");
		for (int round = 0; round < 20; round++) {
			String id = newStream();
			List<Boolean> committed = Objects
				.requireNonNull(Flux.just(alias(stream, 1, id, null), open(newStream(), id, true))
					.flatMap((append) -> append.map((_) -> true)
						.onErrorResume(StreamClaimedException.class, (_) -> Mono.just(false)))
					.collectList()
					.block(HANG_LIMIT));
			assertThat(committed).containsOnlyOnce(true).hasSize(2);
			assertThat(load(id).isEmpty()).isEqualTo(log().findByAlias(id).blockOptional(HANG_LIMIT).isPresent());
		}
	}

	private Mono<AppendResult> open(String reader, String stream, boolean exclusive) {
		return log().append(stream, 0, List.of(opened(reader)), null, new Opening(reader, "a-book", exclusive));
	}

	private Mono<AppendResult> alias(String stream, int version, String alias, @Nullable IdempotencyRecord command) {
		return log().append(stream, version, NONE, command, new Alias("ada", alias));
	}

	private static void assertClaimed(Mono<AppendResult> append, String holder) {
		StepVerifier.create(append)
			.expectErrorSatisfies(
					(failure) -> assertThat(((StreamClaimedException) failure).holder()).isEqualTo(holder))
			.verify(HANG_LIMIT);
	}

}
