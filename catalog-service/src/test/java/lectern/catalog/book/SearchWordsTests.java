package lectern.catalog.book;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SearchWordsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			fluent            | 'fluent':*
			fluent python     | 'fluent' & 'python':*
			`a & | ! :*'`     | 'a':*
			o'reilly          | 'o''reilly':*
			\\'x              | '''x':*
			x:*               | 'x:*':*
			- ! 😀            | ``
			cafe\u0301        | 'caf\u00e9':*
			""")
	void everyWordIsQuotedAndTheLastMayGoOn(String typed, String query) {
		assertThat(SearchWords.query(typed)).isEqualTo(query);
	}

}
