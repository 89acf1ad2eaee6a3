package lectern.progress.account;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordPolicyTests {

	private static final PasswordPolicy POLICY = new PasswordPolicy();

	@Test
	void lengthIsCountedInCodePoints() {
		assertThat(POLICY.violation("1234567")).startsWith("must have 8 to 200");
		assertThat(POLICY.violation("x".repeat(7) + "y")).isNull();
		assertThat(POLICY.violation("\uD83D\uDCD6".repeat(200))).isNull();
		assertThat(POLICY.violation("x".repeat(201))).startsWith("must have 8 to 200");
		assertThat(POLICY.violation("x".repeat(10_000))).startsWith("must have 8 to 200");
		assertThat(POLICY.violation(null)).isEqualTo("is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a long\u0000 secret", "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
			"a long\nsecret", "1234567\ud800" })
	void rejectsControlCharacters(String password) {
		assertThat(POLICY.violation(password)).contains("no control characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "password", "12345678", "PassWord1", "Iloveyou1", "\uff50assword", "opensesame" })
	void rejectsCommon(String password) {
		assertThat(POLICY.violation(password)).contains("common");
	}

	@Test
	void passwordOfAdminIsLonger() {
		assertThat(POLICY.adminViolation("open sesame")).startsWith("must have 12 to 200");
		assertThat(POLICY.adminViolation("open sesame!")).isNull();
	}

}
