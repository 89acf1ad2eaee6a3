package lectern.acceptance;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExpectedOutputTests {

	@Test
	void equalOutputMatches() {
		assertThat(ExpectedOutput.of(List.of("{\"moved\":true}")).matches("{\"moved\":true}")).isTrue();
	}

	@Test
	void differentOutputDoesNotMatch() {
		assertThat(ExpectedOutput.of(List.of("{\"moved\":true}")).matches("{\"moved\":false}")).isFalse();
	}

	@Test
	void differenceBesideEllipsisDoesNotMatch() {
		ExpectedOutput expected = ExpectedOutput.of(List.of("{\"id\":\"…\",\"version\":2,…"));
		assertThat(expected.matches("{\"id\":\"a\",\"version\":2,\"level\":\"beginner\"}")).isTrue();
		assertThat(expected.matches("{\"id\":\"a\",\"version\":3,\"level\":\"beginner\"}")).isFalse();
	}

	@Test
	void ellipsisInLineDoesNotMatchSecondLine() {
		assertThat(ExpectedOutput.of(List.of("one…")).matches("one\ntwo")).isFalse();
	}

	@Test
	void ellipsisLineMatchesAnyLines() {
		ExpectedOutput expected = ExpectedOutput.of(List.of("one", "…", "four"));
		assertThat(expected.matches("one\nfour\n")).isTrue();
		assertThat(expected.matches("one\ntwo\nthree\nfour\n")).isTrue();
		assertThat(expected.matches("one\ntwo\nthree\n")).isFalse();
	}

	@Test
	void outputWhereNoneIsExpectedDoesNotMatch() {
		assertThat(ExpectedOutput.of(List.of("")).matches("")).isTrue();
		assertThat(ExpectedOutput.of(List.of("")).matches("curl: (7) Failed to connect")).isFalse();
	}

	@Test
	void streamIsComparedFromPositionOn() {
		String output = "id:1\n\nid:2\n\n";
		int end = ExpectedOutput.of(List.of("id:1")).findEnd(output, 0);
		assertThat(ExpectedOutput.of(List.of("…", "id:2")).findEnd(output, end)).isEqualTo(output.length() - 1);
		assertThat(ExpectedOutput.of(List.of("…", "id:1")).findEnd(output, end)).isEqualTo(-1);
	}

}
