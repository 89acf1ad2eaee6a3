package lectern.gateway;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CrossOriginSettingsTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://reader.example", "http://localhost:3000", "http://127.0.0.1:8081",
			"https://reader.example:8443", "http://[::1]:3000", "http://reader.example:443" })
	void originOfBrowserIsAllowed(String origin) {
		CrossOriginSettings settings = new CrossOriginSettings(List.of(origin));
		assertThat(settings.allows(origin)).isTrue();
		assertThat(settings.allows(origin + "0")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "null", "reader.example", "https://reader.example/", "https://Reader.example",
			"https://*.example", "https://reader.example:443", "http://reader.example:80", "https://", "" })
	void whatNoBrowserSendsIsRefused(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CrossOriginSettings(List.of(origin)))
			.withMessageContaining("allowed-origins must be origins");
	}

	@Test
	void noOriginIsAllowedByDefault() {
		assertThat(new CrossOriginSettings(List.of()).allows("https://reader.example")).isFalse();
	}

}
