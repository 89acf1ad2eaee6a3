package lectern.catalog.book;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NormalizedTitleTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Poésie: the  Art -- of Engines!  | poesie the art of engines
			POESIE The Art of ENGINES        | poesie the art of engines
			You Don't Know JS                | You Don’t Know Js
			Ｆｕｌｌ Ｗｉｄｔｈ                  | full width
			Straße                           | STRASSE
			Οδός                             | ΟΔΟΣ
			ﬁle ½                            | file 1⁄2
			Diyarbakır İstanbul              | diyarbakir istanbul
			Hands-On Rust                    | hands on rust
			""")
	void equivalentTitlesAreEqual(String one, String other) {
		assertThat(NormalizedTitle.of(one)).isEqualTo(NormalizedTitle.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "Learn C, Learn C++", "Learn C, Learn C#", "Learn C++, Learn C#", "?, !", "が, か", "हिंदी, हदी", "й, и",
			"Engines 1, Engines 2", "'', !" })
	void differentTitlesAreNotEqual(String one, String other) {
		assertThat(NormalizedTitle.of(one)).isNotEqualTo(NormalizedTitle.of(other));
	}

}
