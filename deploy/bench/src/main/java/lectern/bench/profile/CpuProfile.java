package lectern.bench.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/**
 * A profile of a running service. Samples of Java code come from the flight recorder
 * ({@code jdk.CPUTimeSample}), the time of the compiler and of the garbage collector from
 * the kernel.
 */
public final class CpuProfile {

	private static final String RECORDING = "bench-profile";

	private final ProcessGroup process;

	private final Map<String, Duration> threadsBefore;

	private CpuProfile(ProcessGroup process, Map<String, Duration> threadsBefore) {
		this.process = process;
		this.threadsBefore = threadsBefore;
	}

	/** Start to record a process, which must be a JVM of JDK 25 or newer. */
	public static CpuProfile start(ProcessGroup process) throws IOException {
		jcmd(process, "JFR.start", "name=" + RECORDING, "settings=none", "jdk.CPUTimeSample#enabled=true",
				"jdk.CPUTimeSample#throttle=500/s");
		return new CpuProfile(process, threadTimes(process));
	}

	/**
	 * Stop to record and return a table: a line for each layer with its CPU time per
	 * request.
	 * @param requests the number of requests since the start
	 */
	public String stop(long requests) throws IOException {
		Map<String, Duration> times = threadTimes(this.process);
		times.replaceAll((name, time) -> time.minus(this.threadsBefore.getOrDefault(name, Duration.ZERO)));
		Path file = Files.createTempFile("lectern-bench", ".jfr");
		try {
			jcmd(this.process, "JFR.stop", "name=" + RECORDING, "filename=" + file);
			Map<String, Long> samples = countSamples(file);
			Duration java = times.getOrDefault(VmThread.JAVA, Duration.ZERO);
			times.remove(VmThread.JAVA);
			long total = Math.max(samples.values().stream().mapToLong(Long::longValue).sum(), 1);
			samples.forEach((layer, count) -> times.put(layer, java.multipliedBy(count).dividedBy(total)));
			return format(times, Math.max(requests, 1));
		}
		finally {
			Files.delete(file);
		}
	}

	private static Map<String, Long> countSamples(Path file) throws IOException {
		Map<String, Long> samples = new HashMap<>();
		try (RecordingFile recording = new RecordingFile(file)) {
			while (recording.hasMoreEvents()) {
				RecordedEvent event = recording.readEvent();
				RecordedStackTrace stack = event.getStackTrace();
				if (event.getEventType().getName().equals("jdk.CPUTimeSample") && stack != null) {
					List<String> classNames = stack.getFrames()
						.stream()
						.map((frame) -> frame.getMethod().getType().getName())
						.toList();
					samples.merge(CodeLayer.of(classNames), 1L, Long::sum);
				}
			}
		}
		return samples;
	}

	private static String format(Map<String, Duration> times, long requests) {
		StringBuilder table = new StringBuilder("CPU time per request by layer:");
		times.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
			.forEach((time) -> table.append(String.format(Locale.ROOT, "%n  %7.1f µs  %s",
					time.getValue().toNanos() / 1e3 / requests, time.getKey())));
		return table.toString();
	}

	private static Map<String, Duration> threadTimes(ProcessGroup process) throws IOException {
		Map<String, Duration> times = new HashMap<>();
		process.threadCpuTimes().forEach((name, time) -> times.merge(VmThread.kind(name), time, Duration::plus));
		return times;
	}

	private static void jcmd(ProcessGroup process, String... arguments) throws IOException {
		String[] command = new String[arguments.length + 2];
		command[0] = Machine.jdkTool("jcmd");
		command[1] = Long.toString(process.root().pid());
		System.arraycopy(arguments, 0, command, 2, arguments.length);
		if (Machine.firstOutputLine(command).isEmpty()) {
			throw new IOException("The service cannot be profiled: " + String.join(" ", command) + " failed");
		}
	}

}
