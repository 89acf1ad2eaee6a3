package lectern.acceptance.attack;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.TestScale;
import lectern.launcher.ServiceNode;
import lectern.web.RawHttp2Connection;
import lectern.web.TestCertificate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Floods over HTTP/2 and the gateway's own TLS. Each ends its connection; the attacker
 * tries to open a new one ten times a second, from one address for each kind of flood,
 * and another client is served meanwhile.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-10.5">RFC 9113, Denial of
 * Service Considerations</a>
 */
@NullUnmarked
@ExtendWith(LecternExtension.class)
@Timeout(900)
class Http2FloodAcceptanceTests {

	private static final Duration PERIOD = Duration.ofMillis(100);

	/** After so many, an address gets no connection for a minute. */
	private static final int MAX_FLOODS = 3;

	/** More than the gateway takes, and no more: the attacker shares its machine. */
	private static final int FRAMES = 1_000;

	@TempDir
	private static Path folder;

	private static SSLContext trust;

	private static ServiceNode gateway;

	private static Bystander bystander;

	@BeforeAll
	static void startGateway(LecternInstance lectern) throws Exception {
		TestCertificate certificate = TestCertificate.create();
		certificate.write(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
		trust = TestCertificate.trusting(certificate);
		gateway = lectern.startSecondNode("gateway", "-Dlectern.tls.cert=" + folder.resolve("fullchain.pem"),
				"-Dlectern.tls.key=" + folder.resolve("privkey.pem"));
		gateway.awaitReady();
		bystander = Bystander.of(URI.create("https://127.0.0.1:" + gateway.port()), trust);
	}

	@AfterAll
	static void stopGateway() {
		if (bystander != null) {
			bystander.close();
		}
		if (gateway != null) {
			gateway.close();
		}
	}

	@ParameterizedTest
	@EnumSource
	void floodEndsItsConnectionsAndOthersAreServed(Flood flood) throws Exception {
		AtomicBoolean going = new AtomicBoolean(true);
		CompletableFuture<Attempts> attacker = new CompletableFuture<>();
		Thread.ofPlatform().name("attacker").start(() -> {
			try {
				attacker.complete(attack(flood, going));
			}
			catch (Exception ex) {
				attacker.completeExceptionally(ex);
			}
		});
		try {
			bystander.serveBeside("floods of " + flood.name());
		}
		finally {
			going.set(false);
		}
		Attempts attempts = attacker.get(HANG_LIMIT.toSeconds(), SECONDS);
		TestScale.report("floods of %s: %s", flood.name(), attempts);
		assertThat(attempts.ended()).isEqualTo(MAX_FLOODS);
		assertThat(attempts.refused()).isPositive();
	}

	private static Attempts attack(Flood flood, AtomicBoolean going) throws Exception {
		int ended = 0;
		int refused = 0;
		SteadyRate rate = new SteadyRate(PERIOD);
		while (going.get()) {
			rate.awaitNext();
			try (RawHttp2Connection connection = new RawHttp2Connection(trust,
					new Socket("127.0.0.1", gateway.port(), flood.address(), 0))) {
				flood(flood, connection);
				connection.awaitEnd();
				ended++;
			}
			catch (SocketException | SSLException | EOFException _) {
				refused++;
			}
		}
		return new Attempts(ended, refused);
	}

	private static void flood(Flood flood, RawHttp2Connection connection) {
		try {
			for (int number = 0; number < FRAMES; number++) {
				flood.send(connection, number);
			}
		}
		catch (IOException _) {
			// The gateway has ended the connection.
		}
	}

	/**
	 * What became of the connections of an attacker.
	 *
	 * @param ended how many were ended
	 * @param refused how many could not be opened
	 */
	private record Attempts(int ended, int refused) {
	}

	/** What is sent without an end. */
	private enum Flood {

		RESETS {
			@Override
			void send(RawHttp2Connection connection, int number) throws IOException {
				int stream = 2 * number + 1;
				connection.request(stream, ":method", "GET", ":scheme", "https", ":path", "/api/v1/books", ":authority",
						"localhost");
				connection.send(RawHttp2Connection.RST_STREAM, 0, stream, new byte[] { 0, 0, 0, 8 });
			}
		},

		SETTINGS {
			@Override
			void send(RawHttp2Connection connection, int number) throws IOException {
				connection.send(RawHttp2Connection.SETTINGS, 0, 0, new byte[0]);
			}
		},

		PINGS {
			@Override
			void send(RawHttp2Connection connection, int number) throws IOException {
				connection.send(RawHttp2Connection.PING, 0, 0, new byte[8]);
			}
		},

		HEADERS {
			@Override
			void send(RawHttp2Connection connection, int number) throws IOException {
				connection.send((number == 0) ? RawHttp2Connection.HEADERS : RawHttp2Connection.CONTINUATION, 0, 1,
						RawHttp2Connection.block("x-header", "value"));
			}
		};

		InetAddress address() throws IOException {
			return InetAddress.getByName("127.0.11." + (ordinal() + 1));
		}

		abstract void send(RawHttp2Connection connection, int number) throws IOException;

	}

}
