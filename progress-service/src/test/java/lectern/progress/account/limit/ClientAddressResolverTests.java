package lectern.progress.account.limit;

import java.net.InetSocketAddress;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ClientAddressResolverTests {

	private final ClientAddressResolver resolver = new ClientAddressResolver(
			List.of("127.0.0.1", "10.1.0.0/16", "::1"));

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 192.0.2.7", "10.1.200.3, 192.0.2.7", "0:0:0:0:0:0:0:1, 192.0.2.7", "127.0.0.2, 127.0.0.2",
			"10.2.0.1, 10.2.0.1", "2001:db8:1:2:3:4:5:6, 2001:0db8:0001:0002::/64" })
	void onlyGatewayTellsAddressOfClient(String peer, String expected) {
		assertThat(resolve(peer, "192.0.2.7")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2001:db8:1:2:3:4:5:6, 2001:0db8:0001:0002::/64", "2001:db8:1:2::9, 2001:0db8:0001:0002::/64",
			"::ffff:192.0.2.7, 192.0.2.7" })
	void networkOfHouseholdIsOneClient(String forwarded, String expected) {
		assertThat(resolve("127.0.0.1", forwarded)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "unknown", "192.0.2.7, 192.0.2.8", "192.0.2.7\n", "_hidden" })
	void unusableHeaderLeavesAddressOfPeer(String forwarded) {
		assertThat(resolve("127.0.0.1", forwarded)).isEqualTo("127.0.0.1");
	}

	@Test
	void missingHeaderLeavesAddressOfPeer() {
		MockServerHttpRequest request = MockServerHttpRequest.post("/").remoteAddress(peer("127.0.0.1")).build();
		assertThat(this.resolver.resolve(request).network()).isEqualTo("127.0.0.1");
	}

	@Test
	void rejectsNamesAsGateways() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientAddressResolver(List.of("gateway.example")))
			.withMessageContaining("gateway.example");
	}

	private String resolve(String peer, String forwarded) {
		return this.resolver.resolve(
				MockServerHttpRequest.post("/").remoteAddress(peer(peer)).header("X-Forwarded-For", forwarded).build())
			.network();
	}

	private static InetSocketAddress peer(String address) {
		return new InetSocketAddress(address, 4711);
	}

}
