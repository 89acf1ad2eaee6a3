package lectern.catalog.importing.booklist;

import lectern.catalog.importing.booklist.Contributor.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The contents of single items. */
class ListItemParserTests {

	@Test
	void completeItemIsParsed() {
		ListItem item = item("* [Analytical Engines](https://example.org/engines) - Ada Byron, Luigi Menabrea, et al. "
				+ "(PDF, HTML) (CC BY-SA 4.0) *( :construction: in process)*");

		assertThat(item.title()).isEqualTo("Analytical Engines");
		assertThat(item.links()).extracting(ItemLink::url).containsExactly("https://example.org/engines");
		assertThat(item.authors()).containsExactly("Ada Byron", "Luigi Menabrea");
		assertThat(item.formats()).containsExactly("PDF", "HTML");
		assertThat(item.licence()).isEqualTo("CC BY-SA 4.0");
		assertThat(item.inProgress()).isTrue();
		assertThat(item.archived()).isFalse();
		assertThat(item.signUp()).isEqualTo(SignUpRequirement.NONE);
		assertThat(item.notes()).isEmpty();
		assertThat(item.year()).isNull();
	}

	@Test
	void itemWithOnlyTitleIsParsed() {
		ListItem item = item("- [Engines](http://example.org)");

		assertThat(item.contributors()).isEmpty();
		assertThat(item.formats()).isEmpty();
		assertThat(item.licence()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "* [T](http://a.org) - A", "- [T](http://a.org) - A", "+ [T](http://a.org) - A",
			"  *   [T](http://a.org)  –  A", "*\t[T](http://a.org) — A", "\uFEFF* [T](http://a.org): A",
			"* **[T](http://a.org)** - *A*", "* [T](<http://a.org>) - A", "* [T]( http://a.org \"the title\" ) - A",
			"* [T] (http://a.org) - A", "* [T](http://a.org) A", "* [T](http://a.org) - [A](https://a.example)",
			"* [T](http://a.org) - by A", "* [T](http://a.org)  - A\u200F", "* [T](http://a.org) - A&rlm; ()" })
	void notationVariantsGiveSameItem(String line) {
		ListItem item = item(line);

		assertThat(item.title()).isEqualTo("T");
		assertThat(item.links()).containsExactly(new ItemLink("http://a.org", null, item.formats()));
		assertThat(item.authors()).containsExactly("A");
		assertThat(item.notes()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Engines [revised] ([1])        | Engines [revised] ([1])
			R&amp;D &eacute;t&#233; &#x2026; | R&D été …
			`printf` and *friends*         | printf and friends
			'C Notes \\| Vol\\_1'          | 'C Notes | Vol_1'
			part_one_of_two, G*Magazine    | part_one_of_two, G*Magazine
			<i>Set</i> \\<CFML\\> <T>      | Set <CFML> <T>
			كتاب CSS&rlm;                  | كتاب CSS
			AT&T & me                      | AT&T & me
			![cover](c.png) Engines        | cover Engines
			""")
	void titleIsPlainText(String written, String title) {
		assertThat(item("* [" + written + "](http://a.org)").title()).isEqualTo(title);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://a.org/Blend_(film)       | http://a.org/Blend_(film)
			http://a.org/my book.pdf        | http://a.org/my%20book.pdf
			HTTPS://A.org/Глава             | https://a.org/%D0%93%D0%BB%D0%B0%D0%B2%D0%B0
			http://пример.example/          | http://xn--e1afmkfd.example/
			http://a.org/?a=1&amp;b=\\_     | http://a.org/?a=1&b=_
			http://a.org/100%.pdf           | http://a.org/100%25.pdf
			http://a.org/a[1]{2}#b#c        | http://a.org/a%5B1%5D%7B2%7D#b%23c
			""")
	void urlIsNormalizedAndEncoded(String written, String url) {
		assertThat(item("* [T](" + written + ") - A (PDF)").links().getFirst().url()).isEqualTo(url);
	}

	@Test
	void acceptsUnbalancedParenthesisInUrl() {
		assertThat(item("* [T](http://a.org/x_(y) - A (PDF)").authors()).containsExactly("A");
	}

	@Test
	void roleAppliesUntilNextRole() {
		ListItem item = item("* [T](http://a.org) - Ada Byron, `trl.:` Luigi Menabrea, Karl Menger, `edt.:` Emmy N., "
				+ "`trl: Sofja K.` @ Some Press");

		assertThat(item.contributors()).containsExactly(new Contributor("Ada Byron", Role.AUTHOR),
				new Contributor("Luigi Menabrea", Role.TRANSLATOR), new Contributor("Karl Menger", Role.TRANSLATOR),
				new Contributor("Emmy N.", Role.EDITOR), new Contributor("Sofja K.", Role.TRANSLATOR),
				new Contributor("Some Press", Role.PUBLISHER));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Ada Byron, Karl Menger and Emmy Noether  | Ada Byron/Karl Menger/Emmy Noether
			Ada Byron, and Emmy Noether              | Ada Byron/Emmy Noether
			Ada Byron y Emmy Noether                 | Ada Byron/Emmy Noether
			José Ortega y Gasset                     | José Ortega y Gasset
			College of Arts and Crafts               | College of Arts and Crafts
			Ada Byron, Jr., Emmy Noether, Ph.D.      | Ada Byron, Jr./Emmy Noether, Ph.D.
			Yuxi (Hayden) Liu (PDF)                  | Yuxi (Hayden) Liu
			情報処理推進機構(IPA) ([PDF](http://b.org)) | 情報処理推進機構(IPA)
			张奇、桂韬 等                             | 张奇/桂韬
			Some Press (HTML) Ada Byron (CC BY)      | Some Press/Ada Byron
			@nattou\\_curry / Ada Byron              | @nattou_curry/Ada Byron
			Karl Popov & Team                        | Karl Popov
			María del Carmen de la Cruz Navarro      | María del Carmen de la Cruz Navarro
			עומר רוזנבוים&rlm;, ברק גונן&rlm;         | עומר רוזנבוים/ברק גונן
			""")
	void authorNamesAreSplit(String written, String names) {
		assertThat(item("* [T](http://a.org) - " + written).authors()).containsExactly(names.split("/"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Ada Byron et al.", "Ada Byron, et al", "Ada Byron, et al.&lrm;", "Ada Byron 他",
			"Ada Byron 等", "Ada Byron 외 2명", "Ada Byron и др.", "Ada Byron & Friends" })
	void etAlIsNotAuthor(String written) {
		ListItem item = item("* [T](http://a.org) - " + written);

		assertThat(item.authors()).containsExactly("Ada Byron");
	}

	@Test
	void textThatIsNotNameIsNote() {
		assertThat(item("* [T](http://a.org) - Shows how engines work, and why they stop working.").notes())
			.containsExactly("Shows how engines work, and why they stop working.");
		assertThat(item("* [T](http://a.org) - Compiled from StackOverflow Documentation").authors()).isEmpty();
		ListItem dated = item("* [T](http://a.org) - Ada Byron - 1988 (PDF)");
		assertThat(dated.authors()).containsExactly("Ada Byron");
		assertThat(dated.year()).isEqualTo(1988);
	}

	@Test
	void linksKeepTheirOwnFormats() {
		ListItem item = item("* [T](http://a.org) - Ada Byron (HTML, [PDF, EPUB](http://b.org), "
				+ "[:package: code samples](http://c.org)) [(Vol. 2)](http://d.org) [bad](nowhere)");

		assertThat(item.formats()).containsExactly("HTML");
		assertThat(item.links()).extracting(ItemLink::url)
			.containsExactly("http://a.org", "http://b.org", "http://c.org", "http://d.org");
		assertThat(item.links().get(1).formats()).containsExactly("PDF", "EPUB");
		assertThat(item.links()).extracting(ItemLink::label).containsExactly(null, null, "code samples", "Vol. 2");
	}

	@Test
	void linkInAnnotationKeepsOrder() {
		ListItem item = item("* [T](http://a.org) - A (《[Engines](http://b.org) - Ada》译本, [PDF](http://c.org))");

		assertThat(item.notes()).containsExactly("《Engines - Ada》译本");
		assertThat(item.links()).extracting(ItemLink::url)
			.containsExactly("http://a.org", "http://b.org", "http://c.org");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			(PDF, ePub & ODT)           | PDF EPUB ODT
			(Postscript or PDF)         | PostScript PDF
			(HTML/Jupyter Notebooks)    | HTML Jupyter_Notebook
			(TeX and PDF) (Online)      | LaTeX PDF HTML
			[Online, PDF]               | HTML PDF
			（PDF、MOBI）                | PDF MOBI
			(PDF&rlm;)                  | PDF
			""")
	void formatsAreNormalized(String written, String formats) {
		assertThat(item("* [T](http://a.org) - A " + written).formats()).map((format) -> format.replace(' ', '_'))
			.containsExactly(formats.split(" "));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CC BY", "CC BY-NC-ND", "CC BY-NC-SA 4.0", "CC0", "GFDL", "GPL v3", "GNU GPL", "MIT",
			"BSD", "Apache License 2.0", "Public Domain" })
	void licenceIsRecognized(String licence) {
		assertThat(item("* [T](http://a.org) - A (PDF) (" + licence + ")").licence()).isEqualTo(licence);
		assertThat(item("* [T](http://a.org) - A (PDF) `(" + licence + ")`").licence()).isEqualTo(licence);
	}

	@Test
	void severalLicencesAreJoined() {
		assertThat(item("* [T](http://a.org) (CC BY-SA, GFDL)").licence()).isEqualTo("CC BY-SA, GFDL");
	}

	@Test
	void unknownAnnotationIsKeptWhole() {
		ListItem item = item("* [T](http://a.org) - A (PDF - older versions) (use form, at bottom) (3.x) (C++)");

		assertThat(item.formats()).containsExactly("PDF");
		assertThat(item.notes()).containsExactly("older versions", "use form, at bottom", "3.x", "C++");
	}

	@Test
	void archivedCopyIsRecognized() {
		assertThat(item("* [T](http://a.org) - A *( :card_file_box: archived)*").archived()).isTrue();
		assertThat(item("* [T](https://web.archive.org/web/2016/http://a.org) - A").archived()).isTrue();
		ListItem elsewhere = item("* [T](http://a.org) *( :card_file_box: *archived at Some Library*)*");
		assertThat(elsewhere.archived()).isTrue();
		assertThat(elsewhere.notes()).containsExactly("archived at Some Library");
	}

	@Test
	void signUpAnnotationMayMentionFormats() {
		ListItem item = item("* [T](http://a.org) (PDF, email address *requested*, not required)");
		assertThat(item.formats()).containsExactly("PDF");
		assertThat(item.signUp()).isEqualTo(SignUpRequirement.REQUESTED);
		assertThat(item.condition()).isEqualTo("email address requested, not required");

		ListItem sentence = item("* [T](http://a.org) *(Necessário criar uma conta para baixar em PDF, EPUB)*");
		assertThat(sentence.formats()).isEmpty();
		assertThat(sentence.signUp()).isEqualTo(SignUpRequirement.REQUIRED);
		assertThat(sentence.condition()).isEqualTo("Necessário criar uma conta para baixar em PDF, EPUB");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			Engines (1993)               | (PDF)         | 1993
			Engines (2nd edition, 2010)  |               | 2010
			Engines                      | (2008)        | 2008
			Visual Engine 2019 Succinctly |              | -
			Engines (1990-1995)          |               | -
			Engines (9899:2018)          | (3.2010)      | 2018
			""")
	void publicationYearIsRead(String title, String rest, Integer year) {
		assertThat(item("* [" + title + "](http://a.org) - A " + ((rest != null) ? rest : "")).year()).isEqualTo(year);
	}

	private static ListItem item(String line) {
		ParsedLine parsed = new ListParser().parse(line, 1);
		assertThat(parsed).isInstanceOf(ListItem.class);
		return (ListItem) parsed;
	}

}
