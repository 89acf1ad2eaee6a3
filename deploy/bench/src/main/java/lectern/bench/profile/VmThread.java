package lectern.bench.profile;

/** The kinds of threads of a JVM, by the names that the kernel has. */
final class VmThread {

	/** Threads that run Java code. */
	static final String JAVA = "Java";

	private VmThread() {
	}

	static String kind(String thread) {
		if (thread.startsWith("C1 Compiler") || thread.startsWith("C2 Compiler")) {
			return "just-in-time compiler";
		}
		boolean collector = thread.startsWith("VM Thread") || thread.startsWith("GC Thread")
				|| thread.startsWith("G1 ");
		return collector ? "garbage collector" : JAVA;
	}

}
