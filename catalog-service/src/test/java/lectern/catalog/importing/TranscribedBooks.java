package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.FreeAccess;
import org.jspecify.annotations.Nullable;

/**
 * Thirty books, transcribed by hand from the text of the real lists before the parser had
 * read it.
 */
final class TranscribedBooks {

	private TranscribedBooks() {
	}

	/** Return the books by list and line number, such as {@code langs:811}. */
	static Map<String, BookContent> byListAndLine() {
		Map<String, BookContent> books = new LinkedHashMap<>();
		books.put("langs:2595",
				new ExpectedBook("en", "Programming in Standard ML, DRAFT").by("Robert Harper")
					.in("Standard ML")
					.at("http://www.cs.cmu.edu/~rwh/isml/book.pdf", "PDF")
					.book());
		books.put("langs:1456", new ExpectedBook("en", "Quantitative Economics with Julia")
			.by("Jesse Perla", "Thomas J. Sargent", "John Stachurski")
			.in("Julia")
			.at("https://julia.quantecon.org", "HTML", null, "CC BY-SA", null)
			.at("https://web.archive.org/web/20210713122108/https://julia.quantecon.org/_downloads/pdf/quantitative_economics_with_julia.pdf",
					"PDF", null, "CC BY-SA", FreeAccess.LinkState.ARCHIVED)
			.book());
		books.put("langs:811",
				new ExpectedBook("en", "Self Study Guide 2: Programming in Fortran 95").by("Dr Rachael Padman")
					.in("Fortran")
					.at("http://www.mrao.cam.ac.uk/~rachael/compphys/SelfStudyF95.pdf", "PDF")
					.book());
		books.put("subjects:840", new ExpectedBook("en", "How to Stand Out as a Software Engineer").by("Landry Monga")
			.in("Professional Development")
			.at("https://github.com/lvndry/how-to-stand-out-as-a-software-engineer/blob/main/how_to_stand_out_as_a_software_engineer.pdf",
					"PDF")
			.book());
		books.put("subjects:1027",
				new ExpectedBook("en", "Programming Languages: Theory and Practice").by("Robert Harper")
					.in("Theoretical Computer Science")
					.at("http://people.cs.uchicago.edu/~blume/classes/aut2008/proglang/text/offline.pdf", "PDF")
					.book());
		books.put("ru:325",
				new ExpectedBook("ru", "Онлайн-книга по WebGL").by("Евгений Попов")
					.in("JavaScript")
					.at("https://metanit.com/web/webgl", null)
					.book());
		books.put("he:43",
				new ExpectedBook("he", "ספר על למידת מכונה ולמידה עמוקה").by("אברהם רביב", "מייק ארליסון")
					.in("Deep-Learning")
					.at("https://github.com/AvrahamRaviv/Deep-Learning-in-Hebrew", null)
					.book());
		books.put("subjects:725",
				new ExpectedBook("en", "The Web Development Glossary").by("Jens Oliver Meiert")
					.in("Misc")
					.at("https://github.com/frontenddogma/web-development-glossary", null)
					.book());
		books.put("langs:1702",
				new ExpectedBook("en", ".NET for Visual FoxPro Developers").in(".NET Framework")
					.at("http://foxcentral.net/microsoft/NETforVFPDevelopers.htm", null)
					.book());
		books.put("te:32",
				new ExpectedBook("te", "Python Course in Telugu: 30 days challenge").by("Vamsi Bhavani")
					.in("Python")
					.at("https://www.youtube.com/playlist?list=PLNgoFk5SYUglQOaXSY8lAlPXmK6tQBHaw", null)
					.book());
		books.put("langs:1604",
				new ExpectedBook("en", "GNU Make Manual").by("GNU")
					.in("Make")
					.at("https://www.gnu.org/software/make/manual", "PDF, HTML, Info, LaTeX")
					.book());
		books.put("fr:261",
				new ExpectedBook("fr", "En route pour Symfony 6.2").by("Fabien Potencier")
					.in("PHP", "Symfony")
					.at("https://symfony.com/doc/current/the-fast-track/fr/index.html", null)
					.book());
		books.put("langs:1323",
				new ExpectedBook("en", "JavaScript Fundamentals, Plus a Dash Of JQuery - for dinner ladies")
					.in("JavaScript", "jQuery")
					.at("http://nicholasjohnson.com/javascript-book/", null)
					.book());
		books.put("fr:300",
				new ExpectedBook("fr", "Venir à Ruby après un autre langage").in("Ruby")
					.at("https://www.ruby-lang.org/fr/documentation/ruby-from-other-languages/", null)
					.book());
		books.put("ru:421",
				new ExpectedBook("ru", "Become an XCoder").in("Objective-C")
					.at("https://yadi.sk/d/ugz7jW4RXLGTN", null)
					.book());
		books.put("subjects:577",
				new ExpectedBook("en", "SticiGui").by("Philip Stark")
					.in("Mathematics")
					.at("https://www.stat.berkeley.edu/~stark/SticiGui/", null)
					.book());
		books.put("langs:529",
				new ExpectedBook("en", "C++ GUI Programming With Qt 3").by("Jasmin Blanchette", "Mark Summerfield")
					.in("C++")
					.at("https://ptgmedia.pearsoncmg.com/images/0131240722/downloads/blanchette_book.pdf", "PDF")
					.book());
		books.put("ja:189",
				new ExpectedBook("ja", "HTTP/3 explained").by("Daniel Stenberg")
					.in("言語非依存", "ネットワーキング")
					.at("https://http3-explained.haxx.se/ja", null)
					.book());
		books.put("langs:992", new ExpectedBook("en", "Pro HTML5 Programming")
			.by("Jen Simmons", "Chris O'Connor", "Dylan Wooters", "Peter Lubbers")
			.in("HTML and CSS")
			.at("https://web.archive.org/web/20181215200026/http://apress.jensimmons.com/v5/pro-html5-programming/ch0.html",
					null, null, null, FreeAccess.LinkState.ARCHIVED)
			.book());
		books.put("langs:1410",
				new ExpectedBook("en", "React Native Animation Book").in("JavaScript", "React Native")
					.at("http://browniefed.com/react-native-animation-book/", null)
					.book());
		books.put("subjects:546",
				new ExpectedBook("en", "Introductory Statistics for the Life and Biomedical Sciences")
					.by("Julie Vu", "David Harrington")
					.in("Mathematics")
					.at("https://www.openintro.org/book/isrs/", null)
					.book());
		books.put("subjects:809",
				new ExpectedBook("en", "Think OS: A Brief Introduction to Operating Systems").by("Allen B. Downey")
					.in("Operating Systems")
					.at("https://www.greenteapress.com/thinkos/index.html", "PDF")
					.book());
		books.put("ja:102",
				new ExpectedBook("ja", "アクセシビリティのための設計").by("MSDN Library")
					.in("言語非依存", "アクセシビリティ")
					.at("https://msdn.microsoft.com/ja-jp/library/windows/apps/hh700407.aspx", null)
					.book());
		books.put("fa_IR:61",
				new ExpectedBook("fa-IR", "مقدمه‌ای نه چندان کوتاه بر LaTeX").in("LaTeX")
					.at("http://www.ctan.org/tex-archive/info/lshort/persian", null)
					.book());
		books.put("bn:55",
				new ExpectedBook("bn", "হাতেকলমে জাভাস্ক্রিপ্ট: সম্পূর্ণ বাংলায় হাতেকলমে জাভাস্ক্রিপ্ট শিখুন")
					.by("Zonayed Ahmed")
					.in("JavaScript")
					.at("https://with.zonayed.me/js-basic/", "HTML")
					.book());
		books.put("pt_BR:132",
				new ExpectedBook("pt-BR", "Linguagem C - Notas de Aula").by("Carmem Hara", "Wagner Zola")
					.in("C")
					.at("https://www.inf.ufpr.br/cursos/ci067/Docs/NotasAula/", "HTML")
					.at("https://www.inf.ufpr.br/cursos/ci067/Docs/NotasAula.pdf", "PDF")
					.book());
		books.put("fr:99",
				new ExpectedBook("fr", "Activités débranchées")
					.in("Non dépendant du langage", "Pédagogie pour les enfants et adolescents")
					.at("https://pixees.fr/?cat=612", null)
					.book());
		books.put("fr:198",
				new ExpectedBook("fr",
						"Tout ce que vous avez toujours voulu savoir sur LaTeX sans jamais oser le demander")
					.by("Vincent Lozano")
					.in("(La)TeX et associés", "LaTeX")
					.at("http://framabook.org/tout-sur-latex/", null)
					.book());
		books.put("ja:184",
				new ExpectedBook("ja", "組込みソフトウェア開発における品質向上の勧め［テスト編～事例集～］").by("独立行政法人 情報処理推進機構(IPA)")
					.in("言語非依存", "ソフトウェア品質")
					.at("https://www.ipa.go.jp/files/000005149.pdf", "PDF")
					.book());
		books.put("subjects:1022",
				new ExpectedBook("en", "Introduction to Theory of Computation").by("Anil Maheshwari", "Michiel Smid")
					.in("Theoretical Computer Science")
					.at("https://cglab.ca/~michiel/TheoryOfComputation/", "PDF")
					.book());
		return books;
	}

	/** Builds an expected book. */
	private static final class ExpectedBook {

		private final String language;

		private final String title;

		private final List<FreeAccess> access = new ArrayList<>();

		private List<String> authors = List.of();

		private List<String> topics = List.of();

		ExpectedBook(String language, String title) {
			this.language = language;
			this.title = title;
		}

		ExpectedBook by(String... names) {
			this.authors = List.of(names);
			return this;
		}

		ExpectedBook in(String... sections) {
			this.topics = List.of(sections);
			return this;
		}

		ExpectedBook at(String url, @Nullable String format) {
			return at(url, format, null, null, null);
		}

		ExpectedBook at(String url, @Nullable String format, @Nullable String condition, @Nullable String licence,
				FreeAccess.@Nullable LinkState state) {
			this.access.add(new FreeAccess(FreeAccess.Kind.OPEN_ACCESS, url, condition, format, licence, state, null));
			return this;
		}

		BookContent book() {
			return new BookContent(this.title, List.of(), this.authors, this.topics, null, this.language, null,
					List.of(), null, List.of(), this.access);
		}

	}

}
