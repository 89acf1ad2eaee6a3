package lectern.acceptance.attack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import javax.net.ssl.SSLContext;

import lectern.acceptance.TestScale;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that is served while others attack: it reads a book a hundred times a second
 * on one connection, and measures how long that takes.
 */
final class Bystander implements AutoCloseable {

	private static final Duration PERIOD = Duration.ofMillis(10);

	private static final Duration WARM_UP = Duration.ofSeconds(TestScale.size(30, 1));

	private static final Duration LENGTH = Duration.ofSeconds(TestScale.size(20, 1));

	private final HttpClient client;

	private final HttpRequest request;

	private final double aloneMillis;

	private Bystander(HttpClient client, URI gateway) throws Exception {
		this.client = client;
		this.request = HttpRequest.newBuilder(gateway.resolve("/api/v1/books/fluent-python"))
			.timeout(HANG_LIMIT)
			.build();
		serve(WARM_UP);
		this.aloneMillis = p99Millis(serve(LENGTH));
	}

	/** Be served by a gateway, at first without any attack. */
	static Bystander of(URI gateway) throws Exception {
		return new Bystander(HttpClient.newHttpClient(), gateway);
	}

	/**
	 * Be served over TLS and HTTP/2.
	 * @param trust what trusts the certificate
	 */
	static Bystander of(URI gateway, SSLContext trust) throws Exception {
		return new Bystander(HttpClient.newBuilder().sslContext(trust).build(), gateway);
	}

	/**
	 * Be served beside an attack, every time, and report how long that took once the code
	 * that repels it is compiled.
	 */
	void serveBeside(String attack) throws Exception {
		serve(WARM_UP);
		List<Long> nanos = serve(LENGTH);
		double besideMillis = p99Millis(nanos);
		TestScale.report("beside %s: %d requests of another client, p99 %.1f ms; alone %.1f ms; ratio %.2f", attack,
				nanos.size(), besideMillis, this.aloneMillis, besideMillis / this.aloneMillis);
	}

	private List<Long> serve(Duration length) throws Exception {
		List<Long> nanos = new ArrayList<>();
		SteadyRate rate = new SteadyRate(PERIOD);
		long end = System.nanoTime() + length.toNanos();
		while (System.nanoTime() < end) {
			long due = rate.awaitNext();
			HttpResponse<Void> response = this.client.send(this.request, BodyHandlers.discarding());
			assertThat(response.statusCode()).isEqualTo(200);
			// Of a request that was due while another one was late, the wait counts.
			nanos.add(System.nanoTime() - due);
		}
		return nanos;
	}

	private static double p99Millis(List<Long> nanos) {
		Collections.sort(nanos);
		return nanos.get(nanos.size() * 99 / 100) / 1e6;
	}

	@Override
	public void close() {
		this.client.shutdownNow();
	}

}
