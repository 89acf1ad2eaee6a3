package lectern.acceptance.attack;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Paths that a proxy and the server behind it could read in two ways lead to nothing that
 * the same client cannot reach in a plain way.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class PathTrickAcceptanceTests {

	/** What is in files of the services and of the machine, and behind other ports. */
	private static final List<String> SECRETS = List.of("root:x:0", "spring:", "# HELP", "\"_links\"",
			"\"status\":\"UP\"", "Manifest-Version", "LECTERN_DATABASE");

	private static ReaderClient bob;

	private static String adasHandle;

	private static String adasReading;

	/** Once, because an address may register few accounts. */
	@BeforeAll
	static void startReading(LecternInstance lectern) {
		ReaderClient ada = new ReaderClient(lectern);
		adasHandle = ada.handle();
		adasReading = ada.startReading("fluent-python");
		bob = new ReaderClient(lectern);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/readers/{ada}/readings", "/api/v1/readers/{bob}/../{ada}/readings",
			"/api/v1/readers/{bob}/%2e%2e/{ada}/readings", "/api/v1/readers/{bob}/.%2e/{ada}/readings",
			"/api/v1/readers/{bob}%2f..%2f{ada}/readings", "/api/v1/readers/{bob}/%252e%252e/{ada}/readings",
			"/api/v1/readers/{bob}/..;/{ada}/readings", "/api/v1/readers/{bob};/../{ada}/readings",
			"/api/v1/readers/{bob}\\..\\{ada}/readings", "/api/v1/readers/{bob}%5c..%5c{ada}/readings",
			"/api/v1/readers/{bob}/%c0%ae%c0%ae/{ada}/readings",
			"/api/v1/readers/{bob}/%e0%80%ae%e0%80%ae/{ada}/readings", "/api/v1/readers/{bob}%00/../{ada}/readings",
			"/api/v1/readers/{ada}%00/readings", "/api/v1/readers//{ada}/readings", "//api/v1/readers/{ada}/readings",
			"/api/v1/readers/{ada}//readings", "/api/v1/readers/{ada}/readings/", "/api/v1/readers/{ada}/readings;x=/",
			"/api/v1/readers/{ada};x/readings", "/api/v1/readers/{ada}%2freadings", "/api/v1/readers/{ada}/readings%3f",
			"/api/v1/readers/{ADA}/readings", "/api/v1/readers/{%61da}/readings", "/api/v1/readers/%20{ada}/readings",
			"/api/v1/./readers/{ada}/readings", "/api/v1/books/../readers/{ada}/readings",
			"/api/v1/books/..%2freaders%2f{ada}%2freadings", "/api/v1/readers/{bob}/events/../../{ada}/events",
			"/api/v1/READERS/{ada}/readings", "http://127.0.0.1/api/v1/readers/{ada}/readings",
			"http://127.0.0.1:{progress}/api/v1/readers/{ada}/readings",
			"//127.0.0.1:{progress}/api/v1/readers/{ada}/readings", "/api/v1/readers/{ada}/readings?reader={bob}",
			"/api/v1/readers/{bob}/readings/{reading}", "/api/v1/readers/{bob}/readings/{reading}/history",
			"/api/v1/readers/{bob}/readings/%2e%2e/%2e%2e/{ada}/readings" })
	void otherReadersDataIsNotReached(String target, LecternInstance lectern) throws IOException {
		String path = fill(target, lectern);
		RawExchange exchange = RawExchange.get(lectern.port(), path, "Authorization: Bearer " + bob.token(),
				"Accept: application/json");
		assertRefused(exchange);
		// A problem repeats the path of its request.
		assertThat(exchange.text().replace(path, "")).doesNotContain(adasReading);
		assertThat(RawExchange.get(lectern.port(), path).status()).as("without a token").isBetween(400, 499);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/%61ctuator/health", "/api/v1/books/..%2f..%2f..%2factuator/health",
			"/api/v1/books/%2e%2e/%2e%2e/%2e%2e/actuator/prometheus", "/api/v1/books/..;/..;/..;/actuator/health",
			"/api/v1/books/%252e%252e/%252e%252e/%252e%252e/actuator/health",
			"/api/v1/readers/{bob}/..%2f..%2f..%2f..%2factuator/accounts",
			"http://127.0.0.1:{management}/actuator/health", "//127.0.0.1:{management}/actuator/health",
			"/api/v1/../../internal/key-tokens", "/internal/key-tokens",
			"/api/v1/tokens/..%2f..%2f..%2finternal/key-tokens", "/api/v1/tokens/../../../internal/key-tokens" })
	void managementPortsAndInternalPathsAreNotReached(String target, LecternInstance lectern) throws IOException {
		assertRefused(RawExchange.get(lectern.port(), fill(target, lectern),
				"Authorization: Bearer " + lectern.adminToken()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
			"/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd", "/assets/..%2f..%2fapplication.yml", "/assets/../application.yml",
			"/assets/..;/application.yml", "/assets/%2e%2e/application.yml", "/assets/..%5capplication.yml",
			"/assets/..\\application.yml", "/assets/%c0%ae%c0%ae/application.yml",
			"/assets/%252e%252e%252fapplication.yml", "/assets/....//application.yml", "/application.yml",
			"/lectern-service.yml", "/META-INF/MANIFEST.MF", "/assets/../META-INF/MANIFEST.MF",
			"/docs/../application.yml", "/docs/..%2fapplication.yml", "/problems/..%2fapplication.yml",
			"/problems/%2e%2e%2fapplication", "/webjars/../application.yml",
			"/webjars/swagger-ui/..%2f..%2fapplication.yml", "/assets/file:%2f%2f%2fetc%2fpasswd", "file:///etc/passwd",
			"/assets//etc/passwd", "/assets/%00/etc/passwd", "/static/application.yml", "/public/../application.yml",
			"/api/v1/openapi.json/../../application.yml" })
	void filesAreNotReached(String target, LecternInstance lectern) throws IOException {
		assertRefused(RawExchange.get(lectern.port(), target));
	}

	private static void assertRefused(RawExchange exchange) {
		assertThat(exchange.status()).as(exchange.text()).isBetween(400, 499);
		assertThat(exchange.responses()).isOne();
		SECRETS.forEach((secret) -> assertThat(exchange.text()).doesNotContain(secret));
	}

	private static String fill(String target, LecternInstance lectern) {
		return target.replace("{ada}", adasHandle)
			.replace("{ADA}", adasHandle.toUpperCase(Locale.ROOT))
			.replace("{%61da}", "%72" + adasHandle.substring(1))
			.replace("{bob}", bob.handle())
			.replace("{reading}", adasReading)
			.replace("{progress}", Integer.toString(lectern.port() + 2))
			.replace("{management}", Integer.toString(lectern.managementPort("progress-service")));
	}

}
