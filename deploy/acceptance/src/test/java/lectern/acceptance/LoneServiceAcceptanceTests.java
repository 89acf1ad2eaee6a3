package lectern.acceptance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

import lectern.launcher.FreePorts;
import lectern.web.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Services that are started from their jars, as {@code docs/settings.md} describes. */
@ExtendWith(LecternExtension.class)
@Timeout(600)
class LoneServiceAcceptanceTests {

	private static final String BOOK = "/api/v1/books/fluent-python";

	private final int port = FreePorts.findGatewayPort();

	@ParameterizedTest
	@CsvSource({ "catalog-service,catalog_alone," + BOOK + ",fluent-python",
			"progress-service,progress_alone,/.well-known/jwks.json,keys" })
	void serviceServesWithDatabaseAndManagementAddressOfItsOwn(String service, String database, String path,
			String content, LecternInstance lectern) throws Exception {
		execute(lectern, "create role " + database + " login password 'a secret'",
				"create database " + database + " owner " + database);
		Map<String, String> environment = environment(lectern, database);
		environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.2");
		try (LoneService alone = LoneService.start(service, environment)) {
			int managementPort = this.port + 1000;
			alone.awaitContent("http://127.0.0.2:" + managementPort + "/actuator/health/readiness");
			assertThat(alone.awaitContent("http://127.0.0.1:" + this.port + path)).contains(content);
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(managementPort));
		}
	}

	private static void connect(int port) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
		}
	}

	@Test
	void databaseOfAnotherOwnerIsLeftAsItIs(LecternInstance lectern) throws Exception {
		execute(lectern, "create role guest login password 'a secret'", "create database others");
		Map<String, String> environment = environment(lectern, "others");
		environment.put("LECTERN_DATABASE_USER", "guest");
		try (LoneService progress = LoneService.start("progress-service", environment)) {
			progress
				.assertRefused("/others does not let its user create tables and extensions: make the user the owner");
		}
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = {
			"catalog-service,lectern.streams.max-age,LECTERN_STREAMS_MAXAGE,soon,`a time such as 500ms, 30s, 10m or 2h`",
			"progress-service,lectern.database.url,LECTERN_DATABASE_URL,jdbc:postgresql://127.0.0.1/progress,"
					+ "`a URL without user and parameters, such as postgresql://127.0.0.1:5432/catalog`",
			"gateway,lectern.progress.url,LECTERN_PROGRESS_URL,nowhere,"
					+ "`an address without a path, such as http://127.0.0.1:8082, or several with commas between them`" })
	void wrongValueEndsTheStartWithOneSentence(String service, String setting, String variable, String value,
			String requirement, LecternInstance lectern) throws Exception {
		Map<String, String> environment = environment(lectern, "catalog");
		environment.put(variable, value);
		try (LoneService alone = LoneService.start(service, environment)) {
			alone.assertRefused("The setting %s (%s in the environment) is \"%s\": it must be %s.".formatted(setting,
					variable, value, requirement));
		}
	}

	/**
	 * The address is one of those that are only used in documents. A network may get it
	 * later.
	 */
	@Test
	void addressOfAnotherMachineEndsTheStart(LecternInstance lectern) throws Exception {
		Map<String, String> environment = environment(lectern, "catalog");
		environment.put("SERVER_ADDRESS", "192.0.2.1");
		try (LoneService gateway = LoneService.start("gateway", environment)) {
			gateway.assertFailed(1, "Nothing can listen on port " + this.port + " of the address 192.0.2.1 (");
		}
	}

	@Test
	void misspeltVariableEndsTheStart(LecternInstance lectern) throws Exception {
		Map<String, String> environment = environment(lectern, "catalog");
		environment.put("LECTERN_DATABASE_URI", "postgresql://127.0.0.1/catalog");
		try (LoneService gateway = LoneService.start("gateway", environment)) {
			gateway.assertRefused("No setting has the environment variable LECTERN_DATABASE_URI: the nearest name is "
					+ "LECTERN_DATABASE_URL");
		}
	}

	@Test
	void gatewaySpeaksPlainHttpIfTlsIsOff(LecternInstance lectern) throws Exception {
		Map<String, String> environment = environment(lectern, "catalog");
		environment.put("SERVER_SSL_CERTIFICATE", "file:/nowhere.pem");
		environment.put("SERVER_SSL_ENABLED", "false");
		try (LoneService gateway = LoneService.start("gateway", environment)) {
			assertThat(gateway.awaitContent("http://127.0.0.1:" + this.port + BOOK)).contains("fluent-python");
		}
	}

	@Test
	void gatewayDoesNotStartWithKeyOfAnotherCertificate(LecternInstance lectern, @TempDir Path folder)
			throws Exception {
		Path certificate = folder.resolve("certificate.pem");
		Path key = folder.resolve("key.pem");
		TestCertificate.create().write(certificate, key);
		Files.writeString(key, TestCertificate.create().keyPem());
		Map<String, String> environment = environment(lectern, "catalog");
		environment.put("LECTERN_TLS_CERT", certificate.toString());
		environment.put("LECTERN_TLS_KEY", key.toString());
		try (LoneService gateway = LoneService.start("gateway", environment)) {
			gateway.assertRefused(
					"The private key in " + key + " does not belong to the certificate in " + certificate + ":");
		}
	}

	private Map<String, String> environment(LecternInstance lectern, String database) {
		Map<String, String> environment = new HashMap<>();
		environment.put("SERVER_PORT", Integer.toString(this.port));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(this.port + 1000));
		environment.put("LECTERN_DATABASE_URL", "postgresql://127.0.0.1:" + (lectern.port() + 3) + "/" + database);
		environment.put("LECTERN_DATABASE_USER", database);
		environment.put("LECTERN_DATABASE_PASSWORD", "a secret");
		environment.put("LECTERN_CATALOG_URL", lectern.url("catalog-service"));
		environment.put("LECTERN_PROGRESS_URL", lectern.url("progress-service"));
		return environment;
	}

	private static void execute(LecternInstance lectern, String... statements) throws SQLException, IOException {
		try (Connection connection = lectern.connect("postgres"); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
