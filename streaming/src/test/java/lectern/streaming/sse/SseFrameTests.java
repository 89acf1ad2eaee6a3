package lectern.streaming.sse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SseFrameTests {

	private static final Cursor CURSOR = new Cursor("epoch000", 7);

	private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

	private final AtomicInteger encodings = new AtomicInteger();

	@Test
	void lazyFrameHasTheBytesOfAnEncodedOneAndIsEncodedOnce() {
		SseFrame lazy = lazyFrame();
		SseFrame encoded = SseFrame.event(CURSOR, JSON);
		assertThat(lazy.isEncoded()).isFalse();
		assertThat(encoded.isEncoded()).isTrue();
		assertThat(text(lazy)).isEqualTo(text(encoded)).isEqualTo(text(lazy));
		assertThat(text(SseFrame.combine(List.of(lazy, encoded)))).isEqualTo(text(encoded).repeat(2));
		assertThat(lazy.isEncoded()).isTrue();
		assertThat(this.encodings).hasValue(1);
	}

	@Test
	void lazyFrameIsReleasedWithItsLastReference() {
		SseFrame lazy = lazyFrame();
		assertThat(lazy.retain()).isTrue();
		ByteBuf bytes = lazy.retainedDuplicate();
		lazy.release();
		lazy.release();
		assertThat(lazy.retain()).isFalse();
		assertThat(bytes.refCnt()).as("the duplicate has its own reference").isOne();
		bytes.release();
	}

	@Test
	void releasedLazyFrameIsNotEncoded() {
		SseFrame lazy = lazyFrame();
		lazy.release();
		assertThat(lazy.retain()).isFalse();
		assertThat(this.encodings).hasValue(0);
	}

	private SseFrame lazyFrame() {
		return SseFrame.lazyEvent(CURSOR, () -> {
			this.encodings.incrementAndGet();
			return JSON;
		});
	}

	private static String text(SseFrame frame) {
		ByteBuf bytes = frame.retainedDuplicate();
		String text = bytes.toString(StandardCharsets.UTF_8);
		bytes.release();
		return text;
	}

}
