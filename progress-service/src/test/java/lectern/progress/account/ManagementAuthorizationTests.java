package lectern.progress.account;

import java.net.InetSocketAddress;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.web.server.authorization.AuthorizationContext;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class ManagementAuthorizationTests {

	@ParameterizedTest
	@CsvSource({ "'', /actuator/accounts/ada/roles, 127.0.0.1, '', true",
			"'', /actuator/accounts/ada/roles, 192.0.2.7, '', false", "'', /actuator/signingkeys, 192.0.2.7, '', false",
			"'', /actuator/%61ccounts/ada/roles, 192.0.2.7, '', false",
			"'', /actuator/health/readiness, 192.0.2.7, '', true", "'', /actuator/prometheus, 192.0.2.7, '', true",
			"secret, /actuator/health, 192.0.2.7, '', true", "secret, /actuator/signingkeys, 127.0.0.1, '', false",
			"secret, /actuator/signingkeys, 127.0.0.1, wrong, false",
			"secret, /actuator/signingkeys, 192.0.2.7, secret, false",
			"secret, /actuator/signingkeys, 127.0.0.1, secret, true" })
	void administrationIsLocalAndNeedsTheSecret(String secret, String path, String peer, String sent, boolean allowed) {
		MockServerHttpRequest request = MockServerHttpRequest.get(path)
			.remoteAddress(new InetSocketAddress(peer, 4711))
			.header(ManagementAuthorization.HEADER, sent)
			.build();
		assertThat(new ManagementAuthorization(secret)
			.authorize(Mono.empty(), new AuthorizationContext(MockServerWebExchange.from(request)))
			.map(AuthorizationResult::isGranted)
			.block(HANG_LIMIT)).isEqualTo(allowed);
	}

}
