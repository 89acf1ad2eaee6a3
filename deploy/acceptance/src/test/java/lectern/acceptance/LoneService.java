package lectern.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lectern.web.setting.StartFault;
import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A service that is started from its jar, with nothing but its environment. */
public final class LoneService implements AutoCloseable {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final Process process;

	private final Path output;

	private LoneService(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Start a service.
	 * @param service the name of its module
	 * @param environment all variables of its environment
	 */
	public static LoneService start(String service, Map<String, String> environment) throws IOException {
		Path output = Files.createTempFile(service, ".out");
		ProcessBuilder builder = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar(service).toString()))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().clear();
		builder.environment().putAll(environment);
		return new LoneService(builder.start(), output);
	}

	private static Path jar(String service) throws IOException {
		try (Stream<Path> files = Files.list(Modules.ROOT.resolve(service).resolve("target/lib"))) {
			return files.filter((file) -> file.getFileName().toString().matches(service + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
				.findFirst()
				.orElseThrow();
		}
	}

	/** Wait until a resource is served with 200, and return its content. */
	public String awaitContent(String url) {
		return Awaitility.await()
			.atMost(LecternInstance.RESTART_TIMEOUT)
			.failFast(() -> assertThat(this.process.isAlive()).as("%s", Files.readString(this.output)).isTrue())
			.ignoreExceptions()
			.until(() -> get(url), (response) -> response.statusCode() == 200)
			.body();
	}

	private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
		return CLIENT.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build(),
				BodyHandlers.ofString());
	}

	/**
	 * Assert that it ends by itself with the exit code of a fault that only a change can
	 * mend, and that it has logged the text.
	 */
	void assertRefused(String text) throws IOException, InterruptedException {
		assertFailed(StartFault.EXIT_CODE, text);
	}

	/** Assert that it ends by itself and that it has logged the text. */
	void assertFailed(int exitCode, String text) throws IOException, InterruptedException {
		assertThat(this.process.waitFor(LecternInstance.RESTART_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		String log = Files.readString(this.output);
		assertThat(log).contains(text).doesNotContain("\tat ");
		assertThat(this.process.exitValue()).isEqualTo(exitCode);
	}

	@Override
	public void close() throws IOException {
		this.process.destroy();
		try {
			assertThat(this.process.onExit()).succeedsWithin(HANG_LIMIT);
		}
		finally {
			this.process.destroyForcibly();
			Files.delete(this.output);
		}
	}

}
