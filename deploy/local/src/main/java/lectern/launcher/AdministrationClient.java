package lectern.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Calls the management port of the progress-service of a Lectern that runs on this
 * machine. The secret in the data folder proves that the user owns it.
 */
final class AdministrationClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final Ports ports;

	private final Secrets secrets;

	AdministrationClient(LauncherSettings settings) {
		this.ports = settings.ports();
		this.secrets = new Secrets(settings.dataFolder());
	}

	/**
	 * Send a request.
	 * @param path the path below {@code /actuator/}, encoded
	 * @param value the value of the JSON content; null to send no content
	 * @return the content of the response
	 * @throws StartupException if no Lectern runs, or if it refuses the request; the
	 * message is that of the service
	 */
	String send(String method, String path, @Nullable String value) throws InterruptedException {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI
				.create("http://127.0.0.1:" + this.ports.managementPort(this.ports.progress()) + "/actuator/" + path))
			.timeout(TIMEOUT)
			.method(method, (value != null) ? BodyPublishers.ofString("{\"value\":" + quote(value) + "}")
					: BodyPublishers.noBody());
		if (value != null) {
			request.header("Content-Type", "application/json");
		}
		try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			request.header("Lectern-Administration-Secret", this.secrets.existingAdministrationSecret());
			return read(client.send(request.build(), BodyHandlers.ofString()));
		}
		catch (HttpTimeoutException ex) {
			throw new StartupException(
					"The running Lectern did not answer within " + TIMEOUT.toSeconds() + " s. Try again.");
		}
		catch (IOException ex) {
			throw new StartupException("No Lectern runs on this machine with the port " + this.ports.gateway()
					+ ": start it with lectern up, or set LECTERN_PORT to its port.");
		}
	}

	private static String read(HttpResponse<String> response) {
		return switch (response.statusCode()) {
			case 200, 204 -> response.body();
			case 401, 403 -> throw new StartupException("The running Lectern does not accept the secret of this "
					+ "data folder: set LECTERN_DATA to its data folder.");
			default -> throw new StartupException(response.body().strip());
		};
	}

	/** Encode a segment of a path. */
	static String encode(String segment) {
		return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/** Write text as JSON. */
	static String quote(String text) {
		StringBuilder json = new StringBuilder("\"");
		text.chars().forEach((character) -> {
			if (character < ' ' || character == '"' || character == '\\' || character > '~') {
				json.append(String.format("\\u%04x", character));
			}
			else {
				json.append((char) character);
			}
		});
		return json.append('"').toString();
	}

}
