package lectern.bench.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/** An nginx in a new folder, which is deleted on close. */
public final class NginxProcess implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final Path folder;

	private final Process process;

	private final int port;

	private NginxProcess(Path folder, Process process, int port) {
		this.folder = folder;
		this.process = process;
		this.port = port;
	}

	/** Return the version of nginx; empty if it is not installed. */
	public static String version() {
		return Machine.firstOutputLine("nginx", "-v").replaceFirst("^nginx version: ", "");
	}

	/**
	 * Start nginx on a free port and wait until it answers.
	 * @param workers the number of worker processes
	 * @param modules the directives that load modules; may be empty
	 * @param server the directives of the block {@code http}, with {@code %d} in place of
	 * the port
	 */
	public static NginxProcess start(int workers, String modules, String server) throws IOException {
		Path folder = Files.createTempDirectory("lectern-bench-nginx").toRealPath();
		// The workers, which do not run as root, must be able to enter the folder.
		folder.toFile().setExecutable(true, false);
		int port = PortAllocator.freePort();
		Path configuration = Files.writeString(folder.resolve("nginx.conf"),
				modules + configuration(folder, workers, server.formatted(port)));
		Path output = folder.resolve("output");
		Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		ChildProcesses.awaitCondition(process, output, () -> isListening(port), TIMEOUT);
		return new NginxProcess(folder, process, port);
	}

	private static String configuration(Path folder, int workers, String server) {
		return """
				worker_processes %2$d;
				worker_rlimit_nofile 20000;
				daemon off;
				pid %1$s/nginx.pid;
				error_log %1$s/error.log;
				events { worker_connections 15000; }
				http {
				  access_log off;
				  client_body_temp_path %1$s/body;
				  proxy_temp_path %1$s/proxy;
				  fastcgi_temp_path %1$s/fastcgi;
				  uwsgi_temp_path %1$s/uwsgi;
				  scgi_temp_path %1$s/scgi;
				  keepalive_requests 1000000;
				%3$s}
				""".formatted(folder, workers, server.indent(2));
	}

	private static boolean isListening(int port) {
		try (HttpConnection connection = HttpConnection.connect(port)) {
			return connection.exchange(TextRequest.get("/", Map.of())).head().status() > 0;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** Return the port that clients connect to. */
	public int port() {
		return this.port;
	}

	ProcessGroup processGroup() {
		return new ProcessGroup(this.process.toHandle());
	}

	@Override
	public void close() throws IOException {
		ChildProcesses.stop(this.process, TIMEOUT);
		ChildProcesses.deleteFolder(this.folder);
	}

}
