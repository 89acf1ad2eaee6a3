package lectern.web;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;

/** Finds what became garbage before it was released, with where it had been used. */
public final class BufferLeakDetectorFactory extends ResourceLeakDetectorFactory {

	/** Those of this process, once {@link BufferLeakExtension} looks after it. */
	public static final BufferLeakDetectorFactory INSTANCE = new BufferLeakDetectorFactory();

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final Queue<ResourceLeakDetector<Object>> detectors = new ConcurrentLinkedQueue<>();

	private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	@Override
	@Deprecated
	@SuppressWarnings("unchecked")
	public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long most) {
		ResourceLeakDetector<T> detector = new ResourceLeakDetector<>(resource, interval);
		detector.setLeakListener((type, uses) -> this.leaks.add(type + ", last used first:" + uses));
		this.detectors.add((ResourceLeakDetector<Object>) detector);
		return detector;
	}

	/** Whether Netty asks us. */
	boolean isUsed() {
		return !this.detectors.isEmpty();
	}

	/** Collect all garbage and return what was lost, each only once. */
	public List<String> findLeaks() throws InterruptedException {
		collectGarbage();
		this.detectors.forEach(BufferLeakDetectorFactory::reportPending);
		List<String> found = new ArrayList<>();
		for (String one = this.leaks.poll(); one != null; one = this.leaks.poll()) {
			found.add(one);
		}
		return found;
	}

	/** Twice, as what it finds is told of a little later. */
	private static void collectGarbage() throws InterruptedException {
		for (int time = 0; time < 2; time++) {
			ReferenceQueue<Object> collected = new ReferenceQueue<>();
			Reference<Object> witness = new PhantomReference<>(new Object(), collected);
			System.gc();
			if (collected.remove(LIMIT.toMillis()) != witness) {
				throw new IllegalStateException("No garbage was collected");
			}
		}
	}

	/** A detector reports when the next thing is made. */
	private static void reportPending(ResourceLeakDetector<Object> detector) {
		Object next = new Object();
		ResourceLeakTracker<Object> made = detector.trackForcibly(next);
		if (made != null) {
			made.close(next);
		}
	}

}
