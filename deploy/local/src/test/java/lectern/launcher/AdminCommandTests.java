package lectern.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class AdminCommandTests {

	@TempDir
	Path data;

	private final Ports ports = FreePorts.find();

	private final List<String> requests = new ArrayList<>();

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

	private HttpServer service;

	private int status = 200;

	@BeforeEach
	void startService() throws IOException {
		this.service = HttpServer
			.create(new InetSocketAddress("127.0.0.1", this.ports.managementPort(this.ports.progress())), 0);
		this.service.createContext("/", this::answer);
		this.service.start();
		new Secrets(this.data).administrationSecret();
	}

	@AfterEach
	void stopService() {
		this.service.stop(0);
	}

	private void answer(HttpExchange exchange) throws IOException {
		assertThat(exchange.getRequestHeaders().getFirst("Lectern-Administration-Secret"))
			.isEqualTo(new Secrets(this.data).existingAdministrationSecret());
		this.requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
				+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		byte[] body = "what the service says\n".getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(this.status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Test
	void commandsAreSentAndAnswersPrinted() {
		assertThat(run("roles", "ada")).isZero();
		assertThat(run("roles", "ada", "curator", "operator")).isZero();
		assertThat(run("roles", "ada", "none")).isZero();
		assertThat(run("sessions", " Ädä ")).isZero();
		assertThat(run("sessions", "ada", "--end")).isZero();
		assertThat(run("reset-password", "ada")).isZero();
		assertThat(run("rotate-keys")).isZero();
		assertThat(this.requests).containsExactly("GET /actuator/accounts/ada/roles ",
				"POST /actuator/accounts/ada/roles {\"value\":\"curator operator\"}",
				"POST /actuator/accounts/ada/roles {\"value\":\"\"}", "GET /actuator/accounts/%C3%84d%C3%A4/sessions ",
				"DELETE /actuator/accounts/ada/sessions ", "POST /actuator/accounts/ada/password {\"value\":\"\"}",
				"POST /actuator/signingkeys ");
		assertThat(this.output.toString(StandardCharsets.UTF_8).lines()).hasSize(7).startsWith("what the service says");
	}

	@Test
	void passwordIsReadFromInputAndQuoted() {
		assertThat(run("a \"horse\" \\ ü\n", "reset-password", "ada", "--ask")).isZero();
		assertThat(this.requests).containsExactly(
				"POST /actuator/accounts/ada/password {\"value\":\"a \\u0022horse\\u0022 \\u005c \\u00fc\"}");
		assertThat(this.output.toString(StandardCharsets.UTF_8)).isEqualTo("The password was set.\n");
	}

	@Test
	void passwordOfAdminIsKeptForTheNextStart() throws IOException {
		assertThat(run("reset-password", "admin")).isZero();
		assertThat(this.errors.toString(StandardCharsets.UTF_8)).contains("LECTERN_ADMIN_PASSWORD");
		Files.writeString(this.data.resolve("admin-password"), "former\n");
		assertThat(run("reset-password", "admin")).isZero();
		assertThat(this.data.resolve("admin-password")).hasContent("what the service says");
	}

	@Test
	void refusalOfTheServiceIsPrinted() {
		this.status = 404;
		assertThat(run("roles", "nobody")).isOne();
		assertThat(this.errors.toString(StandardCharsets.UTF_8)).isEqualTo("what the service says\n");
		this.status = 401;
		assertThat(run("roles", "ada")).isOne();
		assertThat(this.errors.toString(StandardCharsets.UTF_8)).contains("LECTERN_DATA");
	}

	@Test
	void saysThatNothingRuns() {
		this.service.stop(0);
		assertThat(run("roles", "ada")).isOne();
		assertThat(this.errors.toString(StandardCharsets.UTF_8)).contains("No Lectern runs", "LECTERN_PORT");
	}

	@Test
	void unknownCommandShowsUsage() {
		List<List<String>> unknown = List.of(List.of(), List.of("roles"), List.of("role", "ada"),
				List.of("sessions", "ada", "--stop"), List.of("reset-password", "ada", "secret"));
		assertThat(unknown).allSatisfy((command) -> assertThat(run(command.toArray(String[]::new))).isEqualTo(2));
		assertThat(this.requests).isEmpty();
		assertThat(this.errors.toString(StandardCharsets.UTF_8)).startsWith(AdminCommand.USAGE);
		assertThat(List.of("help", "-h", "--help")).allSatisfy((help) -> assertThat(run(help)).isZero());
		assertThat(this.output.toString(StandardCharsets.UTF_8)).isEqualTo(AdminCommand.USAGE.repeat(3));
	}

	@Test
	void textThatIsNoHandleIsNotSent() {
		for (String handle : List.of("", "..", "a/b", "ada\nbob", "a;b")) {
			this.errors.reset();
			assertThat(run("roles", handle)).isOne();
			assertThat(this.errors.toString(StandardCharsets.UTF_8))
				.isEqualToIgnoringNewLines("No reader has this handle.");
		}
		assertThat(this.requests).isEmpty();
	}

	private int run(String... command) {
		boolean hasInput = Stream.of(command).anyMatch((word) -> word.endsWith("\n"));
		LauncherSettings settings = LauncherSettings.fromEnvironment(
				Map.of("LECTERN_DATA", this.data.toString(), "LECTERN_PORT", Integer.toString(this.ports.gateway())),
				this.data);
		return new AdminCommand(settings, () -> hasInput ? command[0].strip() : "",
				new PrintStream(this.output, true, StandardCharsets.UTF_8),
				new PrintStream(this.errors, true, StandardCharsets.UTF_8))
			.execute(hasInput ? List.of(command).subList(1, command.length) : List.of(command));
	}

}
