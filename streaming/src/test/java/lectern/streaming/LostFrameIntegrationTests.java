package lectern.streaming;

import lectern.web.LostBuffers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What watches buffers in integration tests would see a frame that is lost. */
class LostFrameIntegrationTests {

	private static final Cursor CURSOR = new Cursor("epoch000", 1);

	@Test
	void aFrameThatNobodyReleasedIsFound() throws Exception {
		Frame.event(CURSOR, new byte[] { '{', '}' });
		assertThat(LostBuffers.OF_ALL.find()).singleElement().asString().contains("Frame.event");
	}

	@Test
	void soIsOneThatASubscriberStillHoldsOn() throws Exception {
		Frame frame = Frame.heartbeat(CURSOR);
		frame.share();
		frame.release();
		frame = null;
		assertThat(LostBuffers.OF_ALL.find()).singleElement().asString().contains("Frame.share");
	}

	@Test
	void oneThatEverybodyReleasedIsNot() throws Exception {
		Frame frame = Frame.comment();
		frame.share().release();
		frame.release();
		assertThat(LostBuffers.OF_ALL.find()).isEmpty();
	}

}
