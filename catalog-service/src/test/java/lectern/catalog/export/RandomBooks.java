package lectern.catalog.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.Edition;
import lectern.catalog.book.FreeAccess;
import lectern.catalog.book.Level;
import org.jspecify.annotations.Nullable;

/** Books that nobody wrote, valid all of them, with whatever a text can have in it. */
final class RandomBooks {

	private static final String[] NASTY = { "'; drop table book; --", "<script>alert(1)</script>", "\\", "\\u0000",
			"%s%n", "${jndi:x}", "{{7*7}}", "[a](javascript:x)", "**", "\"", "''", "`", "\t".strip() + "&lt;", "|",
			"\u202Eevil", "\u2028", "\u2029", "\uFEFF", "א", "العربية", "e\u0301", "👩‍👩‍👧‍👦", "\uFFFF", "\u00AD",
			"null", "]]>", "{}", "$1", "E'\\\\x00'", "?", ":id", "\\N", "--" };

	private static final String[] LANGUAGES = { "en", "pt-BR", "zh-Hant", "ar", "sr-Latn-RS" };

	private final Random random;

	RandomBooks(long seed) {
		this.random = new Random(seed);
	}

	BookContent next() {
		return new BookContent(text(200), some(3, () -> text(100)), some(4, () -> text(60)), some(5, () -> text(40)),
				maybe(() -> pick(Level.values())), maybe(() -> pick(LANGUAGES)), maybe(() -> lines(800)),
				some(4, () -> text(200)), maybe(() -> lines(400)), some(3, this::edition), some(3, this::access));
	}

	private Edition edition() {
		return new Edition(maybe(() -> text(50)), maybe(() -> 1400 + this.random.nextInt(701)),
				maybe(() -> pick(new String[] { "978-1-4919-4600-8", "0-306-40615-2", "080442957X" })),
				maybe(() -> pick(LANGUAGES)), maybe(() -> text(20)), maybe(() -> 1 + this.random.nextInt(100_000)));
	}

	private FreeAccess access() {
		return new FreeAccess(pick(FreeAccess.Kind.values()),
				pick(new String[] { "https", "HTTP" }) + "://a.example/%F0%9F%92%A9?q=" + this.random.nextInt() + "#"
						+ "x",
				maybe(() -> text(100)), maybe(() -> text(30)), maybe(() -> text(30)),
				maybe(() -> pick(FreeAccess.State.values())), maybe(() -> Instant
					.ofEpochSecond(this.random.nextInt(Integer.MAX_VALUE), this.random.nextInt(1_000_000_000))));
	}

	private String lines(int longest) {
		return text(longest / 2) + "\n" + text(longest / 2);
	}

	/** Never blank: one letter is in it. */
	private String text(int longest) {
		StringBuilder text = new StringBuilder();
		int length = this.random.nextInt(longest / 2);
		while (text.length() < length) {
			text.append((this.random.nextInt(4) == 0) ? pick(NASTY) : Character.toString(character()));
		}
		text.insert(this.random.nextInt(2) * text.length(), 'x');
		return text.toString();
	}

	/** Of every plane, the private and the unassigned ones, too. */
	private int character() {
		while (true) {
			int c = switch (this.random.nextInt(4)) {
				case 0 -> 0x20 + this.random.nextInt(0x5F);
				case 1 -> this.random.nextInt(0x10000);
				default -> this.random.nextInt(0x110000);
			};
			if (Character.getType(c) != Character.SURROGATE && !Character.isISOControl(c)) {
				return c;
			}
		}
	}

	private <T> T pick(T[] of) {
		return of[this.random.nextInt(of.length)];
	}

	private <T> @Nullable T maybe(Supplier<T> value) {
		return this.random.nextBoolean() ? value.get() : null;
	}

	private <T> List<T> some(int most, Supplier<T> value) {
		return new ArrayList<>(Stream.generate(value).limit(this.random.nextInt(most + 1)).toList());
	}

}
