package lectern.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LostBuffersTests {

	private final LostBuffers lost = new LostBuffers();

	private final ResourceLeakDetector<ByteBuf> detector = this.lost.newResourceLeakDetector(ByteBuf.class, 1);

	@Test
	void aBufferThatNobodyReleasedIsFoundOnce() throws Exception {
		ResourceLeakTracker<ByteBuf> tracker = this.detector.trackForcibly(Unpooled.buffer(8));
		tracker.record("its only use");
		assertThat(this.lost.find()).singleElement().asString().contains("ByteBuf", "its only use");
		assertThat(this.lost.find()).isEmpty();
	}

	@Test
	void oneThatWasReleasedIsNot() throws Exception {
		ByteBuf buffer = Unpooled.buffer(8);
		ResourceLeakTracker<ByteBuf> tracker = this.detector.trackForcibly(buffer);
		assertThat(tracker.close(buffer)).isTrue();
		buffer.release();
		assertThat(this.lost.find()).isEmpty();
	}

	@Test
	void norIsOneThatIsInUse() throws Exception {
		ByteBuf buffer = Unpooled.buffer(8);
		ResourceLeakTracker<ByteBuf> tracker = this.detector.trackForcibly(buffer);
		assertThat(this.lost.find()).isEmpty();
		assertThat(tracker.close(buffer)).isTrue();
	}

}
