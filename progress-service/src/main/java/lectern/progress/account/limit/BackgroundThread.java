package lectern.progress.account.limit;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers the priority of threads that compute for long, so that requests do not wait for
 * them at a processor. The JVM ignores the priorities of Java threads on Linux unless an
 * option of it also changes those of the compiler and the garbage collector.
 */
final class BackgroundThread {

	private static final Logger logger = LoggerFactory.getLogger(BackgroundThread.class);

	/** Linux gives such a thread a tenth of the time that it gives a usual one. */
	private static final int NICENESS = 10;

	/** The constant {@code PRIO_PROCESS} of {@code sys/resource.h}. */
	private static final int PROCESS = 0;

	/** On Linux the process 0 is the calling thread. */
	private static final int THIS_THREAD = 0;

	private BackgroundThread() {
	}

	/**
	 * Lower the priority of the calling thread. Does nothing on other systems, where the
	 * same call would change the whole process.
	 */
	@SuppressWarnings("restricted")
	static void lowerPriority() {
		if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")) {
			return;
		}
		try (Arena arena = Arena.ofConfined()) {
			MethodHandle setPriority = Linker.nativeLinker()
				.downcallHandle(SymbolLookup.libraryLookup("libc.so.6", arena).findOrThrow("setpriority"),
						FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
								ValueLayout.JAVA_INT));
			int _ = (int) setPriority.invokeExact(PROCESS, THIS_THREAD, NICENESS);
		}
		catch (Throwable failure) {
			logger.warn("The priority of {} cannot be lowered: {}", Thread.currentThread().getName(),
					failure.toString());
		}
	}

}
