package lectern.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.launcher.FreePorts;
import lectern.launcher.PurgeCommand;
import lectern.launcher.RestoreCommand;
import lectern.launcher.RunningLauncher;
import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;

import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A whole Lectern as {@code ./lectern up} starts it: four processes, the database with
 * its durability on, in a folder of its own. Only BlockHound is added to each service, to
 * refuse what would block an event loop.
 */
public final class LecternInstance implements AutoCloseable {

	/** The time in which a killed service is started again, including the backoff. */
	static final Duration RESTART_TIMEOUT = Duration.ofSeconds(180);

	private static final String ADMIN_PASSWORD = UUID.randomUUID().toString();

	private static final int MANAGEMENT_OFFSET = 1000;

	private static final String SECOND = "-second";

	/** The last line of a class histogram: how many objects there are, and their size. */
	private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("Total +\\d+ +(?<bytes>\\d+)");

	private final Path dataFolder;

	private final int port;

	private final String jvmOptions;

	private final RunningLauncher launcher;

	/** The number of characters of each service's log that were checked. */
	private final Map<String, Integer> checkedLogLengths = new HashMap<>();

	private LecternInstance(Path data, int port, String jvmOptions, RunningLauncher launcher) {
		this.dataFolder = data;
		this.port = port;
		this.jvmOptions = jvmOptions;
		this.launcher = launcher;
	}

	/** Start Lectern and wait until it is ready. */
	static LecternInstance start() throws IOException {
		return start(Files.createTempDirectory("lectern-acceptance").toRealPath().resolve("data"));
	}

	/**
	 * Start Lectern on this data folder and wait until it is ready.
	 * @param options options of {@code ./lectern up}
	 */
	public static LecternInstance start(Path data, String... options) throws IOException {
		return start(data, Map.of(), "", options);
	}

	/**
	 * As above, with other settings.
	 * @param environment variables of {@code ./lectern up}
	 * @param jvmOptions options of the JVM of each service
	 */
	static LecternInstance start(Path data, Map<String, String> environment, String jvmOptions, String... options)
			throws IOException {
		int port = FreePorts.findGatewayPort();
		String allOptions = jvmOptions(Files.createTempDirectory("lectern-agent").toRealPath(), port) + " "
				+ jvmOptions;
		Map<String, String> settings = new HashMap<>(environment);
		settings.put("LECTERN_ADMIN_PASSWORD", ADMIN_PASSWORD);
		settings.put("LECTERN_JAVA_OPTIONS", allOptions.strip());
		RunningLauncher launcher = RunningLauncher.start(Modules.ROOT, data, port, settings, options);
		return new LecternInstance(data, port, allOptions.strip(), launcher.awaitReady());
	}

	/**
	 * Start a second process of a service, without waiting until it is ready. The gateway
	 * does not know it. Its sessions of the database have the name {@code second-node}.
	 * @param moreOptions options of the JVM
	 */
	public ServiceNode startSecondNode(String service, String... moreOptions) throws IOException {
		List<String> options = new ArrayList<>(List.of(this.jvmOptions.split(" ")));
		options.addAll(List.of(moreOptions));
		options.add("-Dspring.r2dbc.properties.applicationName=second-node");
		return ServiceNode.start(Modules.ROOT, this.dataFolder, this.port, service, options, log(service + SECOND));
	}

	/**
	 * Processes that live for a minute never earn back what the optimizing compiler
	 * costs: without it a start takes half of the CPU time. The full-size proofs measure
	 * a system that is warm, so they keep it. There is no canary, because many tests
	 * count connections and events.
	 */
	private static String jvmOptions(Path folder, int port) throws IOException {
		String agent = BlockingDetectionAgent.jvmOptions(folder) + " -Dlectern.progress.erasure.handle-retention=1s"
				+ " -Dlectern.cross-origin.allowed-origins=" + url(port, "catalog-service") + " -Dlectern.canary.url=";
		return TestScale.isFull() ? agent : agent + " -XX:TieredStopAtLevel=1";
	}

	private static String jdkTool(String tool) {
		return Path.of(System.getProperty("java.home"), "bin", tool).toString();
	}

	/** The public address of the gateway. */
	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/**
	 * The address of a service, which only the gateway needs. In a browser it is another
	 * origin of the same site; the pages of catalog-service may use what is private.
	 */
	public String url(String service) {
		return url(this.port, service);
	}

	private static String url(int port, String service) {
		return "http://127.0.0.1:" + (port + offset(service));
	}

	public int port() {
		return this.port;
	}

	public int managementPort(String service) {
		return MANAGEMENT_OFFSET + port(service);
	}

	public int port(String service) {
		return this.port + offset(service);
	}

	private static int offset(String service) {
		return switch (service) {
			case "gateway" -> 0;
			case "catalog-service" -> 1;
			case "progress-service" -> 2;
			default -> throw new IllegalArgumentException(service);
		};
	}

	/** A client of the gateway that nobody has signed in. */
	public WebTestClient anonymousClient() {
		return client(this.port);
	}

	WebTestClient managementClient(String service) {
		return client(managementPort(service));
	}

	/** A client of any port, for example of a process that the gateway does not know. */
	public static WebTestClient client(int port) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofSeconds(60))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(8 << 20))
			.build();
	}

	/** A client of the gateway that is signed in as curator and operator. */
	public WebTestClient adminClient() {
		return signIn("admin", ADMIN_PASSWORD).client();
	}

	String adminPassword() {
		return ADMIN_PASSWORD;
	}

	/** Return the shell command that administers this instance. */
	String adminCommand() {
		return "LECTERN_PORT=%d LECTERN_DATA='%s' '%s' admin".formatted(this.port, this.dataFolder,
				Modules.ROOT.resolve("lectern").toAbsolutePath());
	}

	/** The token of an account with the roles curator and operator. */
	public String adminToken() {
		return signIn("admin", ADMIN_PASSWORD).token();
	}

	/** Register a new reader. */
	public AuthenticatedClient registerReader(String handle) {
		String password = UUID.randomUUID().toString();
		anonymousClient().post()
			.uri("/api/v1/readers")
			.bodyValue(Map.of("reader", handle, "name", handle, "password", password))
			.exchange()
			.expectStatus()
			.isCreated();
		return signIn(handle, password);
	}

	/** Sign in with a password. */
	AuthenticatedClient signIn(String handle, String password) {
		String token = JsonTrees
			.parse(anonymousClient().post()
				.uri("/api/v1/tokens")
				.bodyValue(Map.of("reader", handle, "password", password))
				.exchange()
				.expectStatus()
				.isOk())
			.path("accessToken")
			.asString();
		return new AuthenticatedClient(token,
				anonymousClient().mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build());
	}

	/** Subscribe to a stream of the gateway. */
	RecordingStreamClient subscribe(String path, Map<String, String> headers) {
		return RecordingStreamClient.connect(url() + path, headers);
	}

	/** End a process with SIGKILL, so that it cannot clean up. */
	public void kill(String program) throws IOException {
		ProcessHandle.of(pid(program)).orElseThrow().destroyForcibly();
	}

	/** End a process with SIGTERM, as a deployment does. */
	public void terminate(String program) throws IOException {
		ProcessHandle.of(pid(program)).orElseThrow().destroy();
	}

	/**
	 * Let a process stand still until it is resumed, as if its machine were overloaded.
	 */
	public void suspend(String program) throws IOException, InterruptedException {
		signal("STOP", program);
	}

	/** Let a suspended process go on, and wait until the gateway uses it again. */
	public void resume(String program) throws IOException, InterruptedException {
		signal("CONT", program);
		for (String path : List.of("/api/v1/books?limit=1", "/api/v1/activity")) {
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.ignoreExceptions()
				.untilAsserted(() -> anonymousClient().get().uri(path).exchange().expectStatus().isOk());
		}
	}

	private void signal(String name, String program) throws IOException, InterruptedException {
		Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid(program))).start();
		assertThat(kill.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(kill.exitValue()).isZero();
	}

	public long pid(String program) throws IOException {
		return Long.parseLong(Files.readString(this.dataFolder.resolve("run").resolve(program + ".pid")).strip());
	}

	/**
	 * Wait until a program is another process than before and serves; of the database
	 * that is told by those who use it.
	 */
	public void awaitRestart(String program, long killed) {
		Awaitility.await()
			.atMost(RESTART_TIMEOUT)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(pid(program)).isNotEqualTo(killed));
		if (program.equals("postgresql")) {
			awaitReady("catalog-service");
			awaitReady("progress-service");
		}
		else {
			awaitReady(program);
		}
	}

	public void awaitReady(String service) {
		Awaitility.await()
			.atMost(RESTART_TIMEOUT)
			.ignoreExceptions()
			.untilAsserted(() -> managementClient(service).get()
				.uri("/actuator/health/readiness")
				.exchange()
				.expectStatus()
				.isOk());
	}

	/** Connect to the database of a service, as the service does. */
	public Connection connect(String database) throws SQLException, IOException {
		String password = Files.readString(this.dataFolder.resolve("secrets").resolve(database)).strip();
		return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + (this.port + 3) + "/" + database, database,
				password);
	}

	/** Run a query that returns one value. */
	String queryValue(String database, String query) throws SQLException, IOException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			assertThat(result.next()).isTrue();
			return result.getString(1);
		}
	}

	/**
	 * The positions that a log has, in order.
	 * @param events the table, with a condition if not all are asked for
	 */
	long[] logPositions(String database, String events) throws SQLException, IOException {
		String positions = queryValue(database,
				"select string_agg(position::text, ',' order by position) from " + events);
		return Arrays.stream(positions.split(",")).mapToLong(Long::parseLong).toArray();
	}

	/**
	 * Collect the garbage of a service and return the bytes of its live objects. What its
	 * meters call used heap contains the garbage of the scrape that reads it: megabytes,
	 * if there are many series.
	 */
	public long liveHeapBytes(String service) throws IOException, InterruptedException {
		Process jcmd = new ProcessBuilder(jdkTool("jcmd"), Long.toString(pid(service)), "GC.class_histogram")
			.redirectErrorStream(true)
			.start();
		String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(jcmd.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).as(histogram).isTrue();
		Matcher total = HISTOGRAM_TOTAL.matcher(histogram);
		assertThat(total.find()).as("a total in the histogram of " + service).isTrue();
		return Long.parseLong(total.group("bytes"));
	}

	/** The sum of a meter's samples whose tags contain the text; 0 if there are none. */
	public double sumMeter(String service, String name, String tags) {
		return sumMeter(managementPort(service), name, tags);
	}

	/**
	 * The sum of a meter's samples of the process with this management port, as above.
	 */
	static double sumMeter(int managementPort, String name, String tags) {
		return scrape(managementPort).lines()
			.filter((line) -> line.startsWith(name + "{") || line.startsWith(name + " "))
			.filter((line) -> line.contains(tags))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	/** What a service exports to Prometheus. */
	String scrape(String service) {
		return scrape(managementPort(service));
	}

	private static String scrape(int managementPort) {
		return client(managementPort).get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	/**
	 * Assert that no event loop was blocked and no buffer leaked since the last check.
	 */
	void assertNoBlockingCallAndNoLeak() throws IOException {
		for (String service : Modules.SERVICES) {
			assertNoBlockingCallAndNoLeak(service);
			if (Files.exists(log(service + SECOND))) {
				assertNoBlockingCallAndNoLeak(service + SECOND);
			}
		}
	}

	private void assertNoBlockingCallAndNoLeak(String program) throws IOException {
		String log = Files.readString(log(program));
		int read = Objects.requireNonNullElse(this.checkedLogLengths.put(program, log.length()), 0);
		assertThat((read <= log.length()) ? log.substring(read) : log).as("the log of " + program)
			.doesNotContain("BlockingOperationError")
			.doesNotContain("LEAK:");
	}

	/** Return the lines in the log of a program that contain a text. */
	public List<String> logLines(String program, String text) throws IOException {
		return Files.readString(log(program)).lines().filter((line) -> line.contains(text)).toList();
	}

	private Path log(String program) {
		return this.dataFolder.resolve("logs").resolve(program + ".log");
	}

	/** Run {@code ./lectern purge} and return what it prints. */
	String purge() throws IOException, InterruptedException {
		return run(PurgeCommand.class);
	}

	/** Run a program of the launcher for this Lectern and return what it prints. */
	String run(Class<?> program, String... arguments) throws IOException, InterruptedException {
		return run(this.dataFolder, this.port, program, arguments);
	}

	/**
	 * Restore a Lectern that does not run.
	 * @param data its data folder
	 * @param arguments the folder of the backups, and options
	 * @return what {@code ./lectern restore} prints
	 */
	static String restore(Path data, String... arguments) throws IOException, InterruptedException {
		return run(data, FreePorts.findGatewayPort(), RestoreCommand.class, arguments);
	}

	private static String run(Path data, int port, Class<?> program, String... arguments)
			throws IOException, InterruptedException {
		ProcessBuilder command = new ProcessBuilder(jdkTool("java"), "-cp", System.getProperty("java.class.path"),
				program.getName(), Modules.ROOT.toString())
			.redirectErrorStream(true);
		command.command().addAll(List.of(arguments));
		command.environment().put("LECTERN_DATA", data.toString());
		command.environment().put("LECTERN_PORT", Integer.toString(port));
		command.environment().put("LECTERN_ADMIN_PASSWORD", ADMIN_PASSWORD);
		Process process = command.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		return output;
	}

	/**
	 * Wait until the launcher has printed a line that contains the text, and return it.
	 */
	String awaitOutput(String text) throws IOException {
		return this.launcher.awaitLine(text)
			.outputLines()
			.stream()
			.filter((line) -> line.contains(text))
			.findFirst()
			.orElseThrow();
	}

	/** The folder with everything that this Lectern stores. */
	public Path dataFolder() {
		return this.dataFolder;
	}

	/** Stop Lectern with SIGINT, as Ctrl-C does. */
	@Override
	public void close() throws IOException {
		this.launcher.close();
	}

	/** A token, and a client of the gateway that sends it with each request. */
	public record AuthenticatedClient(String token, WebTestClient client) {
	}

}
