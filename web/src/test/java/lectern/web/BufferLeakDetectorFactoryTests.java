package lectern.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BufferLeakDetectorFactoryTests {

	private final BufferLeakDetectorFactory factory = new BufferLeakDetectorFactory();

	private final ResourceLeakDetector<ByteBuf> detector = this.factory.newResourceLeakDetector(ByteBuf.class, 1);

	@Test
	void reportsUnreleasedBufferOnce() throws Exception {
		ResourceLeakTracker<ByteBuf> tracker = this.detector.trackForcibly(Unpooled.buffer(8));
		tracker.record("recorded use");
		assertThat(this.factory.findLeaks()).singleElement().asString().contains("ByteBuf", "recorded use");
		assertThat(this.factory.findLeaks()).isEmpty();
	}

	@Test
	void releasedBufferIsNotReported() throws Exception {
		ByteBuf buffer = Unpooled.buffer(8);
		ResourceLeakTracker<ByteBuf> tracker = this.detector.trackForcibly(buffer);
		assertThat(tracker.close(buffer)).isTrue();
		buffer.release();
		assertThat(this.factory.findLeaks()).isEmpty();
	}

	@Test
	void bufferInUseIsNotReported() throws Exception {
		ByteBuf buffer = Unpooled.buffer(8);
		ResourceLeakTracker<ByteBuf> tracker = this.detector.trackForcibly(buffer);
		assertThat(this.factory.findLeaks()).isEmpty();
		assertThat(tracker.close(buffer)).isTrue();
	}

}
