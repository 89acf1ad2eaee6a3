package lectern.streaming.log;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CursorTests {

	@Test
	void formattedCursorIsParsedBack() {
		Cursor cursor = new Cursor("k3f9x2ab01zz", Long.MAX_VALUE);
		assertThat(Cursor.parse(cursor.toString())).contains(cursor);
		assertThat(cursor.toString()).matches("[a-z0-9-]{1,30}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "start", "k3f9x2ab", "k3f9x2ab-", "k3f9x2ab--1", "K3F9X2AB-1", "k3f9x2ab-1 ",
			"k3f9x2ab-zzzzzzzzzzzzz", "k3f9x2ab-1\n", "' or 1=1", "k3f9x2ab-é" })
	void rejectsMalformedCursor(String text) {
		assertThat(Cursor.parse(text)).isEmpty();
	}

}
