package lectern.web;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a class of tests when a buffer was lost by its end. JUnit finds it by itself
 * where extensions may be found, before any test makes Netty ask for its detectors.
 */
public class NoLostBuffers implements AfterAllCallback {

	static {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(LostBuffers.OF_ALL);
	}

	@Override
	public void afterAll(ExtensionContext tests) throws InterruptedException {
		assertThat(ResourceLeakDetector.getLevel()).as("how buffers are watched").isEqualTo(Level.PARANOID);
		assertThat(LostBuffers.OF_ALL.isUsed()).as("whether buffers are watched").isTrue();
		assertThat(LostBuffers.OF_ALL.find()).as("buffers that nobody released").isEmpty();
	}

}
