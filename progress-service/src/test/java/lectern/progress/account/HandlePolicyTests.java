package lectern.progress.account;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HandlePolicyTests {

	@ParameterizedTest
	@CsvSource({ "Ada, ada", "' ada\t', ada", "\uff21\uff44\uff41, ada", "\u212Aay, kay", "\u00a0ada, ada" })
	void typedHandleIsNormalized(String typed, String handle) {
		assertThat(HandlePolicy.normalize(typed)).isEqualTo(handle);
		assertThat(HandlePolicy.violation(handle)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "\u0430da", "\u0661\u0662", "a/b", "a b", "a\u0000b", "a\r\nb", "\ud800a",
			"ad\u00e4" })
	void rejectsOtherCharacters(String typed) {
		assertThat(HandlePolicy.violation(HandlePolicy.normalize(typed))).startsWith("must be");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Admin", " root", "postmaster", "api", "tokens", "problems", "curator", "OPERATOR",
			"curators", "finish", "what-if" })
	void rejectsReserved(String typed) {
		assertThat(HandlePolicy.violation(HandlePolicy.normalize(typed))).isEqualTo("is reserved");
	}

	@Test
	void longTextIsRejected() {
		assertThat(HandlePolicy.violation(HandlePolicy.normalize("a".repeat(500)))).startsWith("must be");
	}

	/** The time that it takes grows with the square of the length. */
	@Test
	void longTextIsNotNormalized() {
		String marks = "a" + "\u0316\u0301".repeat(500_000);
		assertThat(HandlePolicy.normalize(marks)).isSameAs(marks);
	}

}
