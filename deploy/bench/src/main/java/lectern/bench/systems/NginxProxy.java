package lectern.bench.systems;

import java.io.IOException;

import lectern.bench.machine.ProcessGroup;

/**
 * nginx as a proxy before a service, with one worker per core. It keeps its connections
 * to the service open, as the gateway does.
 */
public final class NginxProxy implements AutoCloseable {

	/** How to install it. */
	public static final String INSTALL_HINT = "apt-get install nginx-light";

	/** The idle connections that a worker keeps: as many as there are clients. */
	private static final int KEPT_CONNECTIONS = 64;

	private final NginxProcess nginx;

	private NginxProxy(NginxProcess nginx) {
		this.nginx = nginx;
	}

	/** Return whether nginx is installed. */
	public static boolean isInstalled() {
		return !version().isEmpty();
	}

	/** Return the version; empty if it is not installed. */
	public static String version() {
		return NginxProcess.version();
	}

	/**
	 * Start a proxy.
	 * @param port the port of the service on this machine
	 */
	public static NginxProxy start(int port) throws IOException {
		return new NginxProxy(NginxProcess.start(Runtime.getRuntime().availableProcessors(), "", """
				upstream service {
				  server 127.0.0.1:%d;
				  keepalive %d;
				  keepalive_requests 1000000;
				}
				server {
				  listen 127.0.0.1:%%d backlog=4096 reuseport;
				  location / {
				    proxy_pass http://service;
				    proxy_http_version 1.1;
				    proxy_set_header Connection "";
				    proxy_set_header X-Forwarded-For $remote_addr;
				  }
				}
				""".formatted(port, KEPT_CONNECTIONS)));
	}

	/** Return the port that clients connect to. */
	public int port() {
		return this.nginx.port();
	}

	/** Return its master and its workers. */
	public ProcessGroup processGroup() {
		return this.nginx.processGroup();
	}

	@Override
	public void close() throws IOException {
		this.nginx.close();
	}

}
