package lectern.web;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * Collects reports of buffers that were garbage collected before they were released, with
 * the places in the code that used them.
 */
public final class BufferLeakDetectorFactory extends ResourceLeakDetectorFactory {

	/** The factory of this process, installed by {@link BufferLeakExtension}. */
	public static final BufferLeakDetectorFactory INSTANCE = new BufferLeakDetectorFactory();

	private final Queue<ResourceLeakDetector<Object>> detectors = new ConcurrentLinkedQueue<>();

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	@Override
	@Deprecated
	@SuppressWarnings("unchecked")
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
		ResourceLeakDetector<T> detector = new ResourceLeakDetector<>(resource, interval);
		detector.setLeakListener((type, uses) -> this.leaks.add(type + ", last used first:" + uses));
		this.detectors.add((ResourceLeakDetector<Object>) detector);
		return detector;
	}

	/** Return whether Netty uses this factory. */
	boolean isUsed() {
		return !this.detectors.isEmpty();
	}

	/** Run a garbage collection and return the leaks found since the last call. */
	public List<String> findLeaks() throws InterruptedException {
		collectGarbage();
		this.detectors.forEach(BufferLeakDetectorFactory::reportPending);
		List<String> found = new ArrayList<>();
		for (String leak = this.leaks.poll(); leak != null; leak = this.leaks.poll()) {
			found.add(leak);
		}
		return found;
	}

	/**
	 * Collect twice, because the references that a collection finds are enqueued later.
	 */
	private static void collectGarbage() throws InterruptedException {
		for (int run = 0; run < 2; run++) {
			ReferenceQueue<Object> collected = new ReferenceQueue<>();
			Reference<Object> marker = new PhantomReference<>(new Object(), collected);
			System.gc();
			if (collected.remove(HANG_LIMIT.toMillis()) != marker) {
				throw new IllegalStateException("The garbage collector did not run");
			}
		}
	}

	/** A detector reports its leaks only when the next resource is allocated. */
	private static void reportPending(ResourceLeakDetector<Object> detector) {
		Object resource = new Object();
		ResourceLeakTracker<Object> tracker = detector.trackForcibly(resource);
		if (tracker != null) {
			tracker.close(resource);
		}
	}

}
