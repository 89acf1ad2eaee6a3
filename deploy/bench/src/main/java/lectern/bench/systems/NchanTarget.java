package lectern.bench.systems;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.TextResponse;
import lectern.bench.machine.ProcessGroup;

/** nchan: nginx with the nchan module. Writes and subscriptions go to it directly. */
public final class NchanTarget implements BenchTarget {

	/** How to install it. */
	public static final String INSTALL_HINT = "apt-get install nginx-light libnginx-mod-nchan";

	private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");

	/**
	 * The bytes that nchan adds to a message: {@code id: 1700000000:0}, {@code data: }.
	 */
	private static final int FRAMING_BYTES = 27;

	private final int workers;

	private final NginxProcess nginx;

	private final HttpConnection publisher;

	private final String message;

	private NchanTarget(int workers, NginxProcess nginx, String message) throws IOException {
		this.workers = workers;
		this.nginx = nginx;
		this.publisher = HttpConnection.connect(nginx.port());
		this.message = message;
	}

	/** Return whether nchan is installed. */
	public static boolean isInstalled() {
		return Files.exists(MODULE) && !version().isEmpty();
	}

	/** Return the version of nginx; empty if it is not installed. */
	public static String version() {
		return NginxProcess.version();
	}

	/**
	 * Start nginx with nchan in a new folder.
	 * @param workers the number of worker processes
	 * @param eventBytes the size of an event on the wire, including its framing
	 */
	public static NchanTarget start(int workers, int eventBytes) throws IOException {
		NginxProcess nginx = NginxProcess.start(workers, "load_module " + MODULE + ";\n", """
				nchan_shared_memory_size 128M;
				server {
				  listen 127.0.0.1:%d backlog=4096;
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
				""");
		String message = String.join("", Collections.nCopies(Math.max(eventBytes - FRAMING_BYTES, 1), "x"));
		return new NchanTarget(workers, nginx, message);
	}

	@Override
	public String name() {
		return "nchan, " + this.workers + ((this.workers == 1) ? " worker" : " workers");
	}

	@Override
	public int port() {
		return this.nginx.port();
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
		return Map.of("nginx", this.nginx.processGroup());
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
		this.nginx.close();
	}

}
