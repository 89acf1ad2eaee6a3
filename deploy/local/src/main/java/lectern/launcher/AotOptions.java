package lectern.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tells the JVM of a service to use, or to write, an AOT cache. */
@FunctionalInterface
interface AotOptions {

	/**
	 * How much more often than usual a method is called before the JVM optimizes it. The
	 * optimizing compiler would take the cores from the start itself otherwise, for code
	 * that only a start runs. What a training has optimized is optimized at once,
	 * however: a training needs the same options, so that it leaves out what only starts
	 * run.
	 */
	int OPTIMIZATION_DELAY = 4;

	/** The usual values of the JVM. */
	Map<String, Integer> OPTIMIZATION_THRESHOLDS = Map.of("Tier4InvocationThreshold", 5_000,
			"Tier4MinInvocationThreshold", 600, "Tier4CompileThreshold", 15_000, "Tier4BackEdgeThreshold", 40_000);

	/**
	 * Return options of the JVM.
	 * @param service the name of the service
	 * @param jar its jar
	 */
	List<String> of(String service, Path jar);

	/** Return an option that names a cache, and those by which methods are optimized. */
	static List<String> withDelayedOptimization(String option) {
		return Stream
			.concat(Stream.of(option),
					OPTIMIZATION_THRESHOLDS.entrySet()
						.stream()
						.map((entry) -> "-XX:" + entry.getKey() + "=" + OPTIMIZATION_DELAY * entry.getValue()))
			.toList();
	}

}
