package lectern.bench.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The result of one run of {@link Wrk}.
 *
 * @param responses the number of responses
 * @param elapsed the length of the run
 * @param latencies 999 quantiles at steps of 0.1 %, and the maximum
 */
public record WrkResult(long responses, Duration elapsed, List<Duration> latencies) {

	/**
	 * Parse the output of the script.
	 * @throws IOException if there is no result, or if requests have failed
	 */
	static WrkResult parse(String output) throws IOException {
		long[] summary = numbers(output, "summary ");
		long[] micros = numbers(output, "latencies ");
		if (summary[2] + summary[3] > 0) {
			throw new IOException("wrk counted %d responses with status 400 or more and %d failed requests"
				.formatted(summary[2], summary[3]));
		}
		return new WrkResult(summary[0], Duration.ofNanos(summary[1] * 1_000),
				Arrays.stream(micros).mapToObj((value) -> Duration.ofNanos(value * 1_000)).toList());
	}

	private static long[] numbers(String output, String prefix) throws IOException {
		String line = output.lines()
			.filter((candidate) -> candidate.startsWith(prefix))
			.findFirst()
			.orElseThrow(() -> new IOException("wrk failed:\n" + output));
		return Arrays.stream(line.substring(prefix.length()).split(" ")).mapToLong(Long::parseLong).toArray();
	}

}
