package lectern.streaming.sse;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnicodeLineSeparatorsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"title\":\"plain\"}", "\u00c2\u00e2\u0084\u0086\u2027\u202a\u3000\ud83d\ude00",
			"\u2080\u2128" })
	void otherCharactersAreKept(String json) {
		byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
		assertThat(UnicodeLineSeparators.escape(bytes)).isSameAs(bytes);
	}

	@Test
	void separatorsAreEscaped() {
		assertThat(escape("a\u2028b\u2029c\u0085d\u00e9")).isEqualTo("a\\u2028b\\u2029c\\u0085d\u00e9");
		assertThat(escape("\u2028\u2028")).isEqualTo("\\u2028\\u2028");
	}

	/** The data of a truncated character is passed on as it is. */
	@Test
	void endWithinCharacterIsKept() {
		byte[] bytes = { 'a', (byte) 0xE2, (byte) 0x80 };
		assertThat(UnicodeLineSeparators.escape(bytes)).isSameAs(bytes);
	}

	private static String escape(String json) {
		return new String(UnicodeLineSeparators.escape(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
	}

}
