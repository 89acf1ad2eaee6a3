package lectern.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import javax.net.ssl.SSLContext;

import lectern.launcher.ServiceNode;
import lectern.web.TestCertificate;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * nginx and HAProxy with the files of {@code deploy/proxy} in front of a gateway that
 * trusts 127.0.0.1. More users than one address may have streams are behind each.
 */
@NullUnmarked
@ExtendWith(LecternExtension.class)
@EnabledIf(value = "areInstalled", disabledReason = "There is no nginx or no HAProxy on the PATH")
@Timeout(600)
class ProxyExampleAcceptanceTests {

	private static final int USERS = TestScale.size(1_500, 60);

	private static final int MAX_PER_ADDRESS = TestScale.size(1_000, 20);

	private static final IntFunction<String> OWN_ADDRESS = (user) -> "127.1." + user / 250 + "." + (user % 250 + 1);

	private static final IntFunction<String> NO_HEADERS = (_) -> "";

	private static final Map<Integer, Integer> ALL = Map.of(200, USERS);

	private static final Map<Integer, Integer> AS_ONE_ADDRESS = Map.of(200, MAX_PER_ADDRESS, 429,
			USERS - MAX_PER_ADDRESS);

	@TempDir
	private static Path folder;

	private static Path certificate;

	private static Path key;

	private static SSLContext trust;

	private static ServiceNode plainGateway;

	private static ServiceNode tlsGateway;

	static boolean areInstalled() {
		return ProxyProcess.isInstalled("nginx") && ProxyProcess.isInstalled("haproxy");
	}

	@BeforeAll
	static void startGateways(LecternInstance lectern) throws Exception {
		// The workers of nginx, which do not run as root, must be able to enter the
		// folder.
		assertThat(folder.toFile().setExecutable(true, false)).isTrue();
		TestCertificate created = TestCertificate.create();
		certificate = folder.resolve("fullchain.pem");
		key = folder.resolve("privkey.pem");
		created.write(certificate, key);
		Files.writeString(folder.resolve("lectern.pem"), created.certificatePem() + created.keyPem());
		trust = TestCertificate.trusting(created);
		List<String> common = List.of("-Dlectern.proxies.trusted=127.0.0.1",
				"-Dlectern.streams.max-per-address=" + MAX_PER_ADDRESS);
		plainGateway = lectern.startSecondNode("gateway", common.toArray(String[]::new));
		tlsGateway = lectern.startSecondNode("gateway", common.getFirst(), common.getLast(),
				"-Dlectern.proxies.proxy-protocol=true", "-Dlectern.tls.cert=" + certificate,
				"-Dlectern.tls.key=" + key);
		plainGateway.awaitReady();
		tlsGateway.awaitReady();
	}

	@AfterAll
	static void stopGateways() {
		for (ServiceNode gateway : new ServiceNode[] { plainGateway, tlsGateway }) {
			if (gateway != null) {
				gateway.close();
			}
		}
	}

	@Test
	void nginx(LecternInstance lectern) throws Exception {
		String configuration = withGateway("nginx.conf", "127.0.0.1:8080", plainGateway);
		try (ProxyProcess proxy = ProxyProcess.nginx(newFolder("nginx"), configuration, certificate, key)) {
			assertServes(lectern, proxy);
			assertEachUserCounts(proxy);
			assertForgedHeadersChangeNothing(proxy);
		}
		String other = ProxyProcess.replace(configuration, "proxy_http_version 1.1;",
				"proxy_http_version 1.1; proxy_bind 127.0.0.2;");
		try (ProxyProcess proxy = ProxyProcess.nginx(newFolder("other-nginx"), other, certificate, key)) {
			assertUsersCountAsOne(proxy);
		}
	}

	@Test
	void haproxy(LecternInstance lectern) throws Exception {
		String configuration = ProxyProcess.replace(withGateway("haproxy.cfg", "127.0.0.1:8080", plainGateway),
				"/etc/haproxy/lectern.pem", folder.resolve("lectern.pem").toString());
		try (ProxyProcess proxy = ProxyProcess.haproxy(newFolder("haproxy"), configuration)) {
			assertServes(lectern, proxy);
			assertEachUserCounts(proxy);
			assertForgedHeadersChangeNothing(proxy);
		}
		String gateway = "127.0.0.1:" + plainGateway.port();
		String other = ProxyProcess.replace(configuration, gateway, gateway + " source 127.0.0.2");
		try (ProxyProcess proxy = ProxyProcess.haproxy(newFolder("other-haproxy"), other)) {
			assertUsersCountAsOne(proxy);
		}
	}

	@Test
	void haproxyWithProxyProtocol(LecternInstance lectern) throws Exception {
		String configuration = withGateway("haproxy-proxy-protocol.cfg", "127.0.0.1:8443", tlsGateway);
		try (ProxyProcess proxy = ProxyProcess.haproxy(newFolder("haproxy-tcp"), configuration)) {
			assertServes(lectern, proxy);
			assertEachUserCounts(proxy);
			assertForgedHeadersChangeNothing(proxy);
		}
	}

	private static String withGateway(String file, String address, ServiceNode gateway) throws IOException {
		return ProxyProcess.replace(Files.readString(Modules.ROOT.resolve("deploy/proxy").resolve(file)), address,
				"127.0.0.1:" + gateway.port());
	}

	private static Path newFolder(String name) throws IOException {
		Path created = Files.createDirectory(folder.resolve(name));
		assertThat(created.toFile().setExecutable(true, false)).isTrue();
		return created;
	}

	/** A request over HTTP/2, and a stream on which an event arrives at once. */
	private static void assertServes(LecternInstance lectern, ProxyProcess proxy) throws Exception {
		try (HttpClient browser = HttpClient.newBuilder().sslContext(trust).connectTimeout(HANG_LIMIT).build()) {
			HttpResponse<String> books = browser.send(request(proxy, "/api/v1/books").build(), BodyHandlers.ofString());
			assertThat(books.statusCode()).isEqualTo(200);
			assertThat(books.version()).isEqualTo(HttpClient.Version.HTTP_2);
			assertThat(books.headers().allValues("Strict-Transport-Security")).containsExactly("max-age=31536000");
			HttpResponse<String> refused = browser
				.send(request(proxy, "/api/v1/readers/nobody/readings").header("Cookie", "__Host-lectern-token=expired")
					.build(), BodyHandlers.ofString());
			assertThat(refused.statusCode()).isEqualTo(401);
			assertThat(refused.headers().allValues("Set-Cookie")).singleElement()
				.asString()
				.startsWith("__Host-lectern-token=;")
				.contains("; Secure");

			BlockingQueue<String> lines = new LinkedBlockingQueue<>();
			browser.sendAsync(request(proxy, "/api/v1/catalog/events").build(), BodyHandlers.ofLines())
				.thenAccept((response) -> response.body().forEach(lines::add));
			awaitLine(lines, "id:");
			String cursor = new CuratorClient(lectern).saveBook("through-a-proxy", "Written at " + System.nanoTime());
			awaitLine(lines, "id:" + cursor);
			browser.shutdownNow();
		}
	}

	private static HttpRequest.Builder request(ProxyProcess proxy, String path) {
		return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + proxy.port() + path));
	}

	private static void awaitLine(BlockingQueue<String> lines, String start) throws InterruptedException {
		String line = lines.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
		while (line != null && !line.startsWith(start)) {
			line = lines.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		assertThat(line).as(start).isNotNull();
	}

	private static void assertEachUserCounts(ProxyProcess proxy) throws Exception {
		try (TlsStreamClients users = TlsStreamClients.open(trust, proxy.port(), USERS, OWN_ADDRESS, NO_HEADERS)) {
			assertThat(users.statuses()).isEqualTo(ALL);
		}
		TestScale.report("%d users behind one trusted proxy: all have their streams", USERS);
	}

	private static void assertUsersCountAsOne(ProxyProcess proxy) throws Exception {
		try (TlsStreamClients users = TlsStreamClients.open(trust, proxy.port(), USERS, OWN_ADDRESS, NO_HEADERS)) {
			assertThat(users.statuses()).isEqualTo(AS_ONE_ADDRESS);
		}
		TestScale.report("%d users behind one proxy that is not trusted: %s", USERS, AS_ONE_ADDRESS);
	}

	private static void assertForgedHeadersChangeNothing(ProxyProcess proxy) throws Exception {
		try (TlsStreamClients users = TlsStreamClients.open(trust, proxy.port(), USERS, (_) -> "127.2.0.1",
				(user) -> "X-Forwarded-For: 10.0." + user / 250 + "." + user % 250 + "\r\n")) {
			assertThat(users.statuses()).isEqualTo(AS_ONE_ADDRESS);
		}
	}

}
