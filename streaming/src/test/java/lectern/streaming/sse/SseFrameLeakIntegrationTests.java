package lectern.streaming.sse;

import lectern.streaming.log.Cursor;
import lectern.web.BufferLeakDetectorFactory;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The leak detector of the integration tests detects unreleased frames. */
class SseFrameLeakIntegrationTests {

	private static final Cursor CURSOR = new Cursor("epoch000", 1);

	@Test
	void detectsUnreleasedFrame() throws Exception {
		SseFrame.event(CURSOR, new byte[] { '{', '}' });
		assertThat(BufferLeakDetectorFactory.INSTANCE.findLeaks()).singleElement()
			.asString()
			.contains("SseFrame.event");
	}

	@Test
	void detectsUnreleasedDuplicate() throws Exception {
		SseFrame frame = SseFrame.heartbeat(CURSOR);
		frame.retainedDuplicate();
		frame.release();
		frame = null;
		assertThat(BufferLeakDetectorFactory.INSTANCE.findLeaks()).singleElement()
			.asString()
			.contains("SseFrame.retainedDuplicate");
	}

	@Test
	void releasedFrameIsNotReported() throws Exception {
		SseFrame frame = SseFrame.comment();
		frame.retainedDuplicate().release();
		frame.release();
		assertThat(BufferLeakDetectorFactory.INSTANCE.findLeaks()).isEmpty();
	}

}
