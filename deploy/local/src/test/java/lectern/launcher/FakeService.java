package lectern.launcher;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpServer;

/**
 * A replacement for a service. It reads its ports from the environment, answers every
 * request with its environment, and appends its name to the file {@code stops} when it is
 * stopped.
 */
public final class FakeService {

	private FakeService() {
	}

	/** Serve until stopped. */
	public static void main(String[] arguments) throws IOException {
		Path data = Path.of(System.getProperty("lectern.data"));
		String name = Path.of(System.getProperty("java.class.path")).getFileName().toString().replaceAll("-0.*", "");
		if (Files.exists(data.resolve("never-ready-" + name))) {
			System.out.println(name + " never becomes ready.");
		}
		else {
			serve(Integer.parseInt(System.getenv("MANAGEMENT_SERVER_PORT")));
		}
		serve(Integer.parseInt(System.getenv("SERVER_PORT")));
		Runtime.getRuntime().addShutdownHook(new Thread(() -> recordStop(data.resolve("stops"), name)));
	}

	private static void serve(int port) throws IOException {
		Map<String, String> environment = new TreeMap<>(System.getenv());
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
		server.createContext("/", (exchange) -> {
			byte[] body = environment.toString().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
	}

	private static void recordStop(Path file, String name) {
		try {
			Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			System.out.println(ex);
		}
	}

}
