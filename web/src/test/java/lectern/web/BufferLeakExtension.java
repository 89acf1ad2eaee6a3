package lectern.web;

import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test class if a buffer was leaked by its end. JUnit loads it by extension
 * auto-detection, before any test makes Netty create its leak detectors.
 */
public class BufferLeakExtension implements AfterAllCallback {

	/**
	 * Marks leaks that Lectern's code has touched. Other buffers were used only by Netty,
	 * Reactor Netty or the database driver: tests that cut connections on purpose leak
	 * some of them, which are printed and do not fail the test.
	 */
	private static final String OWN_CODE = "\tlectern.";

	static {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(BufferLeakDetectorFactory.INSTANCE);
		// Makes Netty create its detectors now, also before a class that does not use
		// Netty.
		Unpooled.buffer(1).release();
	}

	@Override
	public void afterAll(ExtensionContext context) throws InterruptedException {
		assertThat(ResourceLeakDetector.getLevel()).as("level of leak detection").isEqualTo(Level.PARANOID);
		assertThat(BufferLeakDetectorFactory.INSTANCE.isUsed()).as("leak detector is installed").isTrue();
		List<String> leaks = BufferLeakDetectorFactory.INSTANCE.findLeaks();
		assertThat(leaks).filteredOn((leak) -> leak.contains(OWN_CODE)).as("leaked buffers").isEmpty();
		leaks.forEach((leak) -> System.out.println("Buffer leaked by a library: " + leak.lines().limit(3).toList()));
	}

}
