package lectern.acceptance.monitoring;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import lectern.acceptance.LecternInstance;
import lectern.acceptance.Modules;
import lectern.bench.machine.Machine;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Prometheus with the configuration and rules of the project, which scrapes once a
 * second.
 */
final class PrometheusServer implements AutoCloseable {

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(HANG_LIMIT).build();

	private final Process process;

	private final int port;

	private PrometheusServer(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	static boolean isInstalled() {
		return !Machine.firstOutputLine("prometheus", "--version").isEmpty();
	}

	/**
	 * Start it and wait until it is ready.
	 * @param folder an empty folder for what it stores
	 * @param pace how many times faster than written all times of the rules pass
	 * @param nodes the management ports of further processes of progress-service
	 */
	static PrometheusServer start(LecternInstance lectern, Path folder, int pace, int... nodes) throws IOException {
		for (String file : List.of("prometheus.yml", "recording.rules.yml", "alerts.rules.yml")) {
			String text = RuleTimes.divide(Files.readString(MonitoringRule.FOLDER.resolve(file)), pace);
			Files.writeString(folder.resolve(file),
					file.equals("prometheus.yml") ? configuration(text, lectern, nodes) : text);
		}
		int port = freePort();
		Process process = new ProcessBuilder("prometheus", "--config.file=" + folder.resolve("prometheus.yml"),
				"--storage.tsdb.path=" + folder.resolve("data"), "--web.listen-address=127.0.0.1:" + port,
				"--log.level=warn")
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("output").toFile())
			.start();
		PrometheusServer server = new PrometheusServer(process, port);
		try {
			Awaitility.await().atMost(HANG_LIMIT).ignoreExceptions().until(() -> server.get("/-/ready") != null);
			return server;
		}
		catch (RuntimeException ex) {
			server.close();
			throw new IllegalStateException(Files.readString(folder.resolve("output")), ex);
		}
	}

	private static String configuration(String text, LecternInstance lectern, int... nodes) {
		String changed = text.replaceAll("(scrape|evaluation)_interval: .*", "$1_interval: 1s")
			.replaceAll("scrape_timeout: .*", "scrape_timeout: 1s");
		for (String service : Modules.SERVICES) {
			changed = changed.replaceAll("(job_name: " + service + "\\n(?:.*\\n)*?.*\"127.0.0.1):\\d+",
					"$1:" + lectern.managementPort(service));
		}
		for (int node : nodes) {
			String first = "127.0.0.1:" + lectern.managementPort("progress-service");
			changed = changed.replace(first, first + "\", \"127.0.0.1:" + node);
		}
		return changed;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/** The time series that a query has now. */
	JsonNode query(String expression) throws IOException, InterruptedException {
		return result("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).path("result");
	}

	/** The alerts that are pending or firing. */
	List<JsonNode> alerts() throws IOException, InterruptedException {
		return result("/api/v1/alerts").path("alerts").valueStream().toList();
	}

	/** All rules, with how their last evaluation went. */
	List<JsonNode> rules() throws IOException, InterruptedException {
		return result("/api/v1/rules").path("groups")
			.valueStream()
			.flatMap((group) -> group.path("rules").valueStream())
			.toList();
	}

	private JsonNode result(String path) throws IOException, InterruptedException {
		JsonNode answer = JsonMapper.shared().readTree(get(path));
		assertThat(answer.path("status").asString()).as(path + ": " + answer).isEqualTo("success");
		return answer.path("data");
	}

	private String get(String path) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(HANG_LIMIT)
			.build();
		HttpResponse<String> answer = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() >= 500) {
			throw new IOException(answer.body());
		}
		return answer.body();
	}

	@Override
	public void close() {
		this.client.close();
		this.process.destroy();
		try {
			assertThat(this.process.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.process.destroyForcibly();
		}
	}

}
