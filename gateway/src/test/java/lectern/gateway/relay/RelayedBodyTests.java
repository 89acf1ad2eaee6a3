package lectern.gateway.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class RelayedBodyTests {

	private final RecordingSource source = new RecordingSource();

	private final RelayedBody body = new RelayedBody(this.source);

	@Test
	void partsAreEmittedAsRequested() {
		StepVerifier.create(texts(), 0).then(() -> {
			this.body.add(bytes("one"), false);
			assertThat(this.body.canTakeMore()).isFalse();
		})
			.thenRequest(1)
			.expectNext("one")
			.then(() -> assertThat(this.body.canTakeMore()).isTrue())
			.then(() -> this.body.add(bytes("two"), true))
			.thenRequest(5)
			.expectNext("two")
			.expectComplete()
			.verify(HANG_LIMIT);
		assertThat(this.source.demands).isEqualTo(2);
	}

	@Test
	void partsBeforeSubscriptionAreKept() {
		this.body.add(bytes("one"), false);
		assertThat(this.body.hasSeveralParts()).isFalse();
		this.body.add(bytes("two"), true);
		assertThat(this.body.hasSeveralParts()).isTrue();
		assertThat(this.body.takeWhole()).isNull();
		StepVerifier.create(texts()).expectNext("one", "two").expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void wholeBodyIsTakenOnce() {
		assertThat(this.body.takeWhole()).isNull();
		this.body.add(bytes("whole"), true);
		ByteBuf whole = this.body.takeWhole();
		assertThat(whole).isNotNull().satisfies((buffer) -> assertThat(buffer.readableBytes()).isEqualTo(5));
		assertThat(this.body.takeWhole()).isNull();
		StepVerifier.create(texts()).expectError(IllegalStateException.class).verify(HANG_LIMIT);
	}

	@Test
	void failureFollowsReceivedParts() {
		this.body.add(bytes("one"), false);
		this.body.fail(new IOException("reset"));
		StepVerifier.create(texts()).expectNext("one").expectErrorMessage("reset").verify(HANG_LIMIT);
	}

	@Test
	void cancellationReachesSourceAndPartsAreReleased() {
		ByteBuf kept = bytes("one");
		ByteBuf late = bytes("two");
		this.body.add(kept, false);
		StepVerifier.create(this.body, 0).thenCancel().verify(HANG_LIMIT);
		assertThat(this.source.cancelled).isTrue();
		this.body.discard();
		this.body.add(late, true);
		assertThat(kept.refCnt()).isZero();
		assertThat(late.refCnt()).isZero();
	}

	private Flux<String> texts() {
		return this.body.map((bytes) -> {
			String text = bytes.toString(StandardCharsets.US_ASCII);
			bytes.release();
			return text;
		});
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
	}

	private static final class RecordingSource implements RelayedBody.Source {

		private int demands;

		private boolean cancelled;

		@Override
		public void onDemand() {
			this.demands++;
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

	}

}
