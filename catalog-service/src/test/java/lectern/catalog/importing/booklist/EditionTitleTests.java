package lectern.catalog.importing.booklist;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EditionTitleTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Think Python 2nd Edition                       | Think Python       | 2nd Edition
			Think Python First Edition                     | Think Python       | First Edition
			Engines, Second Edition                        | Engines            | Second Edition
			Engines, Interactive Edition                   | Engines            | Interactive Edition
			Eloquent JavaScript (3ra Edición)              | Eloquent JavaScript | 3ra Edición
			Web2py - Manual, 5a Edición                    | Web2py - Manual    | 5a Edición
			Разработка приложений, издание 3-е             | Разработка приложений | издание 3-е
			计算机程序 第2版                                | 计算机程序          | 第2版
			プロフェッショナルIPv6 第2版                    | プロフェッショナルIPv6 | 第2版
			Engines, Release 2.2.1                         | Engines            | Release 2.2.1
			Engines, V4                                    | Engines            | V4
			Dive into Python 3                             | Dive into Python   |
			Swift (Swift 5.7)                              | Swift              |
			Learning with Python 3 (AoPS Edition)          | Learning with Python |
			Engines                                        | Engines            |
			Limited edition prints                         | Limited edition prints |
			2001                                           | 2001               |
			""")
	void titleIsSplitIntoWorkAndEdition(String title, String work, String edition) {
		assertThat(EditionTitle.of(title)).isEqualTo(new EditionTitle(work, edition));
	}

}
