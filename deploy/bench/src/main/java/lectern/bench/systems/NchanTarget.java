package lectern.bench.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;
import lectern.bench.machine.Machine;
import lectern.bench.machine.ProcessGroup;

/** nchan: nginx with the nchan module. Writes and subscriptions go to it directly. */
public final class NchanTarget implements BenchTarget {

	/** How to install it. */
	public static final String INSTALL_HINT = "apt-get install nginx-light libnginx-mod-nchan";

	private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/**
	 * The bytes that nchan adds to a message: {@code id: 1700000000:0}, {@code data: }.
	 */
	private static final int FRAMING_BYTES = 27;

	private final int workers;

	private final Path folder;

	private final Process process;

	private final int port;

	private final HttpConnection publisher;

	private final String message;

	private NchanTarget(int workers, Path folder, Process process, int port, String message) throws IOException {
		this.workers = workers;
		this.folder = folder;
		this.process = process;
		this.port = port;
		this.publisher = HttpConnection.connect(port);
		this.message = message;
	}

	/** Return whether nchan is installed. */
	public static boolean isInstalled() {
		return Files.exists(MODULE) && !version().isEmpty();
	}

	/** Return the version of nginx; empty if it is not installed. */
	public static String version() {
		return Machine.firstOutputLine("nginx", "-v").replaceFirst("^nginx version: ", "");
	}

	/**
	 * Start nginx with nchan in a new folder.
	 * @param workers the number of worker processes
	 * @param eventBytes the size of an event on the wire, including its framing
	 */
	public static NchanTarget start(int workers, int eventBytes) throws IOException {
		Path folder = Files.createTempDirectory("lectern-bench-nchan").toRealPath();
		// The workers, which do not run as root, must be able to enter the folder.
		folder.toFile().setExecutable(true, false);
		int port = PortAllocator.freePort();
		Path configuration = Files.writeString(folder.resolve("nginx.conf"), configuration(folder, workers, port));
		Path output = folder.resolve("output");
		Process process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", configuration.toString())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		ChildProcesses.awaitCondition(process, output, () -> isListening(port), TIMEOUT);
		String message = String.join("", Collections.nCopies(Math.max(eventBytes - FRAMING_BYTES, 1), "x"));
		return new NchanTarget(workers, folder, process, port, message);
	}

	private static String configuration(Path folder, int workers, int port) {
		return """
				load_module %1$s;
				worker_processes %2$d;
				worker_rlimit_nofile 20000;
				daemon off;
				pid %3$s/nginx.pid;
				error_log %3$s/error.log;
				events { worker_connections 15000; }
				http {
				  access_log off;
				  client_body_temp_path %3$s/body;
				  proxy_temp_path %3$s/proxy;
				  fastcgi_temp_path %3$s/fastcgi;
				  uwsgi_temp_path %3$s/uwsgi;
				  scgi_temp_path %3$s/scgi;
				  keepalive_requests 1000000;
				  nchan_shared_memory_size 128M;
				  server {
				    listen 127.0.0.1:%4$d backlog=4096;
				    location = /events {
				      nchan_subscriber eventsource;
				      nchan_channel_id bench;
				      nchan_subscriber_first_message newest;
				    }
				    location = /publish {
				      nchan_publisher;
				      nchan_channel_id bench;
				      nchan_message_buffer_length 200;
				      nchan_message_timeout 1m;
				    }
				  }
				}
				""".formatted(MODULE, workers, folder, port);
	}

	private static boolean isListening(int port) {
		try (HttpConnection connection = HttpConnection.connect(port)) {
			return connection.exchange(TextRequest.get("/", Map.of())).head().status() > 0;
		}
		catch (IOException _) {
			return false;
		}
	}

	@Override
	public String name() {
		return "nchan, " + this.workers + ((this.workers == 1) ? " worker" : " workers");
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public String streamPath() {
		return "/events";
	}

	@Override
	public void publish(int count) throws IOException {
		TextRequest request = new TextRequest("POST", "/publish", Map.of(), this.message);
		this.publisher.exchange(Collections.nCopies(count, request)).forEach(TextResponse::requireSuccess);
	}

	@Override
	public Map<String, ProcessGroup> processes() {
		return Map.of("nginx", new ProcessGroup(this.process.toHandle()));
	}

	@Override
	public List<String> measuredProcesses() {
		return List.of("nginx");
	}

	/** Do nothing: nginx frees its memory itself. */
	@Override
	public void collectGarbage() {
	}

	@Override
	public void close() throws IOException {
		this.publisher.close();
		ChildProcesses.stop(this.process, TIMEOUT);
		ChildProcesses.deleteFolder(this.folder);
	}

}
