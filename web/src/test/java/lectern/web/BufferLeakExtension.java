package lectern.web;

import java.util.List;

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
public class BufferLeakExtension implements AfterAllCallback {

	/**
	 * Other buffers have only been in the hands of Netty, its HTTP or the database's
	 * driver: tests that cut connections on purpose lose some, which are told of.
	 */
	private static final String OWN_CODE = "\tlectern.";

	static {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(BufferLeakDetectorFactory.INSTANCE);
	}

	@Override
	public void afterAll(ExtensionContext tests) throws InterruptedException {
		assertThat(ResourceLeakDetector.getLevel()).as("how buffers are watched").isEqualTo(Level.PARANOID);
		assertThat(BufferLeakDetectorFactory.INSTANCE.isUsed()).as("whether buffers are watched").isTrue();
		List<String> lost = BufferLeakDetectorFactory.INSTANCE.findLeaks();
		assertThat(lost).filteredOn((one) -> one.contains(OWN_CODE)).as("buffers that nobody released").isEmpty();
		lost.forEach((one) -> System.out.println("lost by others: " + one.lines().limit(3).toList()));
	}

}
