package lectern.progress.canary;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CanaryConfigurationTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(CanaryConfiguration.class);

	@ParameterizedTest
	@ValueSource(strings = { "lectern.other=a", "lectern.canary.url=", "lectern.canary.interval=5s" })
	void withoutAddressOfGatewayThereIsNoCanary(String setting) {
		this.context.withPropertyValues(setting).run((started) -> assertThat(started).doesNotHaveBean(Canary.class));
	}

	/** The gateway accepts only the tokens of the issuer. */
	@Test
	void withOutsideIssuerThereIsNoCanary() {
		this.context
			.withPropertyValues("lectern.canary.url=http://127.0.0.1:8080",
					"lectern.tokens.oidc.issuer=https://id.example.org")
			.run((started) -> assertThat(started).doesNotHaveBean(Canary.class));
	}

	@Test
	void tooManyCanariesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CanarySettings(null, Duration.ofMillis(99)))
			.withMessageContaining("interval must be at least 100ms");
	}

}
