package lectern.streaming.postgreslog;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PostgreSQL 15 from the packages of the system, with TLS. Tests that run as root run
 * it as the user {@code postgres}.
 */
final class OldPostgres implements AutoCloseable {

	private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

	private static final List<String> AS_POSTGRES = List.of("setpriv", "--reuid=postgres", "--regid=postgres",
			"--clear-groups");

	private final Path folder;

	private final int port;

	private final Process server;

	private OldPostgres(Path folder, int port, Process server) {
		this.folder = folder;
		this.port = port;
		this.server = server;
	}

	static boolean isInstalled() {
		return Files.isExecutable(PROGRAMS.resolve("postgres")) && Files.isExecutable(Path.of("/usr/bin/openssl"));
	}

	static OldPostgres start() throws IOException, InterruptedException {
		Path folder = Files.createTempDirectory("old-postgres");
		if (isRoot()) {
			run(List.of("chown", "postgres:postgres", folder.toString()));
		}
		Path data = folder.resolve("data");
		run(unprivileged(PROGRAMS.resolve("initdb").toString(), "-D", data.toString(), "-A", "trust", "-U", "postgres",
				"-E", "UTF8", "--no-sync"));
		createCertificate(folder, "server", "elsewhere.example");
		createCertificate(folder, "other", "localhost");
		int port = freePort();
		Files.writeString(data.resolve("postgresql.conf"), """
				listen_addresses = '127.0.0.1'
				port = %d
				unix_socket_directories = ''
				fsync = off
				ssl = on
				ssl_cert_file = '%s'
				ssl_key_file = '%s'
				""".formatted(port, folder.resolve("server.crt"), folder.resolve("server.key")),
				StandardOpenOption.APPEND);
		Process server = new ProcessBuilder(
				unprivileged(PROGRAMS.resolve("postgres").toString(), "-D", data.toString()))
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("log").toFile())
			.start();
		OldPostgres postgres = new OldPostgres(folder, port, server);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.ignoreExceptions()
			.untilAsserted(() -> DriverManager.getConnection("jdbc:" + postgres.url(), "postgres", "").close());
		return postgres;
	}

	private static void createCertificate(Path folder, String name, String host)
			throws IOException, InterruptedException {
		run(unprivileged("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
				"/CN=" + host, "-keyout", folder.resolve(name + ".key").toString(), "-out",
				folder.resolve(name + ".crt").toString()));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static boolean isRoot() throws IOException {
		return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
	}

	private static List<String> unprivileged(String... command) throws IOException {
		List<String> whole = new ArrayList<>(isRoot() ? AS_POSTGRES : List.of());
		whole.addAll(List.of(command));
		return whole;
	}

	private static void run(List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile("command", ".log");
		Process process = new ProcessBuilder(command).directory(Path.of("/").toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		assertThat(process.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as("%s: %s", command, Files.readString(output)).isZero();
		Files.delete(output);
	}

	String url() {
		return "postgresql://127.0.0.1:" + this.port + "/postgres";
	}

	/** The certificate of the server, which has the name of another host. */
	Path certificate() {
		return this.folder.resolve("server.crt");
	}

	/** A certificate that the server does not have. */
	Path otherCertificate() {
		return this.folder.resolve("other.crt");
	}

	/** Requests an immediate shutdown: nothing has to be kept. */
	@Override
	public void close() throws IOException {
		this.server.destroy();
		assertThat(this.server.onExit()).succeedsWithin(HANG_LIMIT);
		FileSystemUtils.deleteRecursively(this.folder);
	}

}
