package lectern.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PortsTests {

	@Test
	void portsAreDerivedFromGatewayPort() {
		Ports ports = new Ports(8080);

		assertThat(ports.catalog()).isEqualTo(8081);
		assertThat(ports.progress()).isEqualTo(8082);
		assertThat(ports.postgres()).isEqualTo(8083);
		assertThat(ports.managementPort(ports.gateway())).isEqualTo(9080);
		assertThat(ports.managementPort(ports.progress())).isEqualTo(9082);
	}

	@Test
	void rejectsPortInUseNamingPortAndVariable() throws IOException {
		Ports ports = FreePorts.find();

		try (ServerSocket other = new ServerSocket(ports.postgres(), 1, InetAddress.getLoopbackAddress())) {
			assertThat(other.isBound()).isTrue();
			assertThatExceptionOfType(StartupException.class).isThrownBy(ports::requireAvailable)
				.withMessageContaining("Port " + ports.postgres() + ", which PostgreSQL needs")
				.withMessageContaining("LECTERN_PORT");
		}
	}

	@Test
	void rejectsManagementPortInUse() throws IOException {
		Ports ports = FreePorts.find();
		int port = ports.managementPort(ports.catalog());

		try (ServerSocket other = new ServerSocket(port)) {
			assertThat(other.isBound()).isTrue();
			assertThatExceptionOfType(StartupException.class).isThrownBy(ports::requireAvailable)
				.withMessageContaining("Port " + port + ", which catalog-service's metrics needs")
				.withMessageContaining("set LECTERN_PORT");
		}
	}

}
