package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.List;

import lectern.catalog.importing.booklist.Contributor.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Notations of single lists, each taken from one of the real lists. */
class ListVariationsTests {

	@Test
	void nestedItemWithSameTitleIsEdition() {
		List<ListItem> items = items("* [Think 3rd Edition](http://a.org/3) - Ada Byron",
				"    * [Think 2nd Edition](http://a.org/2) - Ada Byron", "    * [Think](http://a.org/1) - Ada Byron",
				"    * [Exercises](http://a.org/e) - Ada Byron", "    * [Think](http://b.org) - Charles Babbage",
				"* [Think 4](http://a.org/4) - Ada Byron");

		assertThat(items).extracting(ListItem::editionOf)
			.containsExactly(null, items.get(0), items.get(0), null, null, null);
		assertThat(items).extracting(ListItem::editionLabel)
			.containsExactly("3rd Edition", "2nd Edition", "Think", null, null, null);
	}

	@Test
	void headingEndsNesting() {
		List<ListItem> items = items("* [Think](http://a.org) - Ada", "### Other", "  * [Think](http://b.org) - Ada");

		assertThat(items.getLast().editionOf()).isNull();
	}

	@Test
	void secondLevelHeadingIsTopicUnlessDocumentTitle() {
		assertThat(items("## BY SUBJECT", "### Ada", "* [T](http://a.org)").getFirst().topics()).containsExactly("Ada");
		assertThat(items("### Index", "## Languages", "### Ada", "* [T](http://a.org)").getFirst().topics())
			.containsExactly("Languages", "Ada");
		assertThat(items("# A list", "## Ada", "* [T](http://a.org)").getFirst().topics()).containsExactly("Ada");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			אברהם רביב ומייק ארליסון        | אברהם רביב          | מייק ארליסון
			أيمن طارق وعلا عباس             | أيمن طارق           | علا عباس
			Apiletti e Cagliero             | Apiletti            | Cagliero
			Anna Nowak i Jan Kowalski       | Anna Nowak          | Jan Kowalski
			""")
	void namesJoinedByConjunctionAreSplit(String names, String first, String second) {
		assertThat(item("* [T](http://a.org) - " + names).authors()).containsExactly(first, second);
	}

	@ParameterizedTest
	@ValueSource(strings = { "أحمد محمد وليد حسن", "College of Engineering and Technology", "ויקטור כהן",
			"Universitat de Lleida" })
	void nameContainingConjunctionIsNotSplit(String name) {
		assertThat(item("* [T](http://a.org) - " + name).authors()).containsExactly(name);
	}

	@Test
	void authorsInParenthesesAreRead() {
		ListItem item = item("* [T](http://a.org) (Jimmy Lin and Chris Dyer) (PDF)");

		assertThat(item.authors()).containsExactly("Jimmy Lin", "Chris Dyer");
		assertThat(item.notes()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Übersetzung durch die Rust-Gemeinschaft | die Rust-Gemeinschaft
			traduit par Ada Byron                   | Ada Byron
			translated by Ada Byron                 | Ada Byron
			""")
	void translatorNamedInWordsIsRead(String words, String name) {
		assertThat(item("* [T](http://a.org) - Carol Nichols, " + words).contributors())
			.extracting(Contributor::name, Contributor::role)
			.containsExactly(tuple("Carol Nichols", Role.AUTHOR), tuple(name, Role.TRANSLATOR));
	}

	@Test
	void responsibilityIsNotPartOfName() {
		assertThat(item("* [T](http://a.org) - Felelős oktató: Ada Byron").authors()).containsExactly("Ada Byron");
	}

	@Test
	void sentenceAfterDashIsNote() {
		ListItem item = item("* [T](http://a.org) - livro adotado na UFPB.");

		assertThat(item.authors()).isEmpty();
		assertThat(item.notes()).containsExactly("livro adotado na UFPB.");
	}

	@Test
	void archivedAnnotationAppliesToCopyIfPresent() {
		ListItem item = item(
				"* [T](https://a.org) - A (HTML, [PDF](https://web.archive.org/web/2021/https://a.org/t.pdf)) "
						+ "*( :card_file_box: archived)*");

		assertThat(item.archived()).isFalse();
		assertThat(item.links().getLast().isArchived()).isTrue();
		assertThat(item("* [T](https://a.org) *( :card_file_box: archived)*").archived()).isTrue();
	}

	@Test
	void accessKindIsRead() {
		assertThat(item("* [T](http://a.org) (free preview (400 pages from 595))").accessKind())
			.isEqualTo(AccessKind.SAMPLE);
		assertThat(item("* [T](http://a.org) (PDF) (sample chapters)").accessKind()).isEqualTo(AccessKind.SAMPLE);
		assertThat(item("* [T](http://a.org) (free trial)").accessKind()).isEqualTo(AccessKind.TRIAL);
		assertThat(item("* [Sampling](http://a.org) (samples of code)").accessKind()).isEqualTo(AccessKind.SAMPLE);
		assertThat(item("* [T](http://a.org) (PDF)").accessKind()).isEqualTo(AccessKind.FULL);
	}

	@Test
	void deadAndUnfinishedItemsAreMarked() {
		assertThat(item("* [T](http://a.org) (dead link)").dead()).isTrue();
		assertThat(item("* [T](http://a.org) (draft)").inProgress()).isTrue();
		assertThat(item("* [T](http://a.org) (翻译中)").inProgress()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[:package: examples](http://a.org/c)", "([Source](http://a.org/c))",
			"[código fuente ejemplos](http://a.org/c)", "([源代码](http://a.org/c))", "[(code samples)](http://a.org/c)" })
	void linkToSourceCodeIsRecognized(String link) {
		assertThat(item("* [T](http://a.org) - A (PDF) " + link).links()).extracting(ItemLink::isSourceCode)
			.containsExactly(false, true);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			correo electrónico solicitado, no requerido | REQUESTED
			要登録                                       | REQUIRED
			会員登録が必要                                | REQUIRED
			需注册                                       | REQUIRED
			회원가입 필요                                 | REQUIRED
			yêu cầu tài khoản                           | REQUIRED
			потрібен обліковий запис                    | REQUIRED
			изисква се регистрация                      | REQUIRED
			vyžaduje se účet                            | REQUIRED
			ইমেইল আবশ্যক                                | REQUIRED
			खाता आवश्यक                                 | REQUIRED
			ต้องลงทะเบียน                               | REQUIRED
			கணக்கு தேவை                                 | REQUIRED
			اکاؤنٹ درکار                                | REQUIRED
			נדרשת הרשמה                                 | REQUIRED
			potreban nalog                              | REQUIRED
			""")
	void signUpRequirementIsReadInManyLanguages(String words, SignUpRequirement requirement) {
		ListItem item = item("* [T](http://a.org) - Ada Byron (PDF) (" + words + ")");

		assertThat(item.signUp()).isEqualTo(requirement);
		assertThat(item.condition()).isEqualTo(words);
	}

	@Test
	void coursesAndPodcastsAndProblemSetsAreRead() {
		ListItem course = item("* [Python para todos](https://a.org) - Ana Pérez, Luis Díaz (YouTube) (HarvardX)");
		assertThat(course.authors()).containsExactly("Ana Pérez", "Luis Díaz");
		assertThat(course.formats()).containsExactly("Video");
		assertThat(course.notes()).containsExactly("HarvardX");

		ListItem podcast = item("* [Compiled](https://a.org) - Ada Byron (podcast) [(RSS)](https://a.org/feed)");
		assertThat(podcast.formats()).containsExactly("Podcast");
		assertThat(podcast.links().getLast().formats()).containsExactly("RSS");

		assertThat(item("* [Git in one page](https://a.org) - Ada Byron (PDF, PNG)").formats()).containsExactly("PDF",
				"PNG");
		assertThat(item("* [Olympiad](https://a.org) *(account required)*").signUp())
			.isEqualTo(SignUpRequirement.REQUIRED);
		assertThat(item("* [Olympiad](https://a.org) （需要账号）").signUp()).isEqualTo(SignUpRequirement.REQUIRED);
	}

	private static ListItem item(String line) {
		return items(line).getFirst();
	}

	private static List<ListItem> items(String... lines) {
		ListParser parser = new ListParser();
		List<ListItem> items = new ArrayList<>();
		int number = 0;
		for (String line : lines) {
			number++;
			if (parser.parse(line, number) instanceof ListItem item) {
				items.add(item);
			}
		}
		return items;
	}

}
