package lectern.catalog.importing.booklist;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ListLanguageTests {

	@ParameterizedTest
	@CsvSource({ "free-programming-books-de.md, de", "free-programming-books-pt_BR.md, pt-BR",
			"free-programming-books-fa_IR.md, fa-IR", "free-programming-books-he.md, he",
			"free-programming-books-langs.md, en", "free-programming-books-subjects.md, en",
			"free-programming-books-en.md, en", "free-programming-books-cs-cp.md, cs", "free-courses-zh_TW.md, zh-TW",
			"free-programming-books-sr_Latn.md, sr-Latn", "books/free-programming-books-it.md, it",
			"https://example.org/lists/free-programming-books-ja.md?raw=1, ja", "free-programming-books-es, es" })
	void languageIsReadFromFileName(String source, String language) {
		assertThat(ListLanguage.of(source)).isEqualTo(language);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "README.md", "free-programming-books.md", "free-programming-books-.md", "learn-it.md",
			"free-programming-books-xx.md", "free-_.md", "free", "/", "?" })
	void otherFileNameHasNoLanguage(String source) {
		assertThat(ListLanguage.of(source)).isNull();
	}

	@Test
	void missingFileNameHasNoLanguage() {
		assertThat(ListLanguage.of(null)).isNull();
	}

}
