package lectern.launcher;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Restores the default action of the signals that the tests send. A child process
 * inherits signals that its parent ignores, and a JVM never handles a signal that it
 * inherited as ignored. {@code nohup} ignores HUP, and a shell ignores INT for what it
 * starts in the background.
 */
final class DefaultSignals {

	private static final int HUP = 1;

	private static final int INT = 2;

	private DefaultSignals() {
	}

	/** Restore HUP and INT for this process and the processes that it starts later. */
	@SuppressWarnings("restricted")
	static void restore() {
		Linker linker = Linker.nativeLinker();
		MethodHandle signal = linker.downcallHandle(linker.defaultLookup().findOrThrow("signal"),
				FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
		try {
			for (int number : new int[] { HUP, INT }) {
				MemorySegment _ = (MemorySegment) signal.invokeExact(number, MemorySegment.NULL);
			}
		}
		catch (Throwable ex) {
			throw new IllegalStateException("The signals could not be restored", ex);
		}
	}

}
