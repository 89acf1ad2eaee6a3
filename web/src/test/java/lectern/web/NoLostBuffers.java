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
public class NoLostBuffers implements AfterAllCallback {

	/**
	 * Other buffers have only been in the hands of Netty, its HTTP or the database's
	 * driver: tests that cut connections on purpose lose some, which are told of.
	 */
	private static final String OURS = "\tlectern.";

	static {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(LostBuffers.OF_ALL);
	}

	@Override
	public void afterAll(ExtensionContext tests) throws InterruptedException {
		assertThat(ResourceLeakDetector.getLevel()).as("how buffers are watched").isEqualTo(Level.PARANOID);
		assertThat(LostBuffers.OF_ALL.isUsed()).as("whether buffers are watched").isTrue();
		List<String> lost = LostBuffers.OF_ALL.find();
		assertThat(lost).filteredOn((one) -> one.contains(OURS)).as("buffers that nobody released").isEmpty();
		lost.forEach((one) -> System.out.println("lost by others: " + one.lines().limit(3).toList()));
	}

}
