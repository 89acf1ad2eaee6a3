package lectern.acceptance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import lectern.launcher.FreePorts;
import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** An nginx or a HAProxy with a file of {@code deploy/proxy}, in a folder of its own. */
final class ProxyProcess implements AutoCloseable {

	private static final String NGINX = """
			worker_processes 1;
			worker_rlimit_nofile 20000;
			daemon off;
			pid FOLDER/nginx.pid;
			error_log FOLDER/error.log;
			events { worker_connections 10000; }
			http {
			  access_log off;
			  client_body_temp_path FOLDER/body;
			  proxy_temp_path FOLDER/proxy;
			  fastcgi_temp_path FOLDER/fastcgi;
			  uwsgi_temp_path FOLDER/uwsgi;
			  scgi_temp_path FOLDER/scgi;
			  include FOLDER/lectern.conf;
			}
			""";

	private final Process process;

	private final int port;

	private ProxyProcess(Process process, int port) {
		this.process = process;
		this.port = port;
	}

	/** Tell whether a program is on the path. */
	static boolean isInstalled(String program) {
		return List.of(System.getenv("PATH").split(":"))
			.stream()
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, program)));
	}

	/**
	 * Start nginx.
	 * @param configuration the file of {@code deploy/proxy}, with the gateway's address
	 */
	static ProxyProcess nginx(Path folder, String configuration, Path certificate, Path key) throws IOException {
		int port = FreePorts.findGatewayPort();
		Files.writeString(folder.resolve("lectern.conf"),
				replace(configuration, "listen [::]:80;", "", "listen [::]:443 ssl http2;", "", "listen 80;",
						"listen 127.0.0.1:" + (port + 1) + ";", "listen 443 ", "listen 127.0.0.1:" + port + " ",
						"/etc/ssl/lectern/fullchain.pem", certificate.toString(), "/etc/ssl/lectern/privkey.pem",
						key.toString()));
		Path main = Files.writeString(folder.resolve("nginx.conf"), NGINX.replace("FOLDER", folder.toString()));
		return start(folder, port, "nginx", "-p", folder.toString(), "-c", main.toString());
	}

	/**
	 * Start HAProxy.
	 * @param configuration the file of {@code deploy/proxy}, with the gateway's address
	 * and the files of certificates, if it names any
	 */
	static ProxyProcess haproxy(Path folder, String configuration) throws IOException {
		int port = FreePorts.findGatewayPort();
		String own = replace(configuration, "bind :443", "bind 127.0.0.1:" + port);
		Path file = Files.writeString(folder.resolve("haproxy.cfg"),
				own.replace("bind :80\n", "bind 127.0.0.1:" + (port + 1) + "\n"));
		return start(folder, port, "haproxy", "-db", "-f", file.toString());
	}

	/** Replace texts, each of which must be there. */
	static String replace(String text, String... pairs) {
		String replaced = text;
		for (int index = 0; index < pairs.length; index += 2) {
			assertThat(replaced).contains(pairs[index]);
			replaced = replaced.replace(pairs[index], pairs[index + 1]);
		}
		return replaced;
	}

	private static ProxyProcess start(Path folder, int port, String... command) throws IOException {
		Path output = folder.resolve("output");
		Process process = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.failFast(() -> assertThat(process.isAlive()).as("%s", Files.readString(output)).isTrue())
			.until(() -> accepts(port));
		return new ProxyProcess(process, port);
	}

	private static boolean accepts(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", port), (int) HANG_LIMIT.toMillis());
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** The port on which clients use TLS. */
	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			assertThat(this.process.onExit()).succeedsWithin(HANG_LIMIT);
		}
		finally {
			this.process.destroyForcibly();
		}
	}

}
