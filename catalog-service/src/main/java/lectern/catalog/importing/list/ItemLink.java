package lectern.catalog.importing.list;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import lectern.catalog.book.NormalizedUrl;
import org.jspecify.annotations.Nullable;

/**
 * One way to an item.
 *
 * @param url absolute, http or https, ASCII only
 * @param label what the line calls it ("Vol. 2", "code samples"); absent for the title's
 * own link and where the label names formats alone
 * @param formats in the order named; empty when the line does not say
 */
public record ItemLink(String url, @Nullable String label, Set<String> formats) {

	private static final Pattern CODE = Pattern.compile(
			"^(?:the |book |github |source |sample |code |example )*(?:sources?|codes?|examples?|repo(?:sitory)?|código|ejemplos"
					+ "|exemplos?|exemples?|quellcode|beispiele|esempi|sorgenti|примеры|исходный код|исходники)(?!\\p{L})"
					+ "|源码|源代码|示例代码|ソースコード|サンプルコード|예제|소스 ?코드",
			Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

	public ItemLink {
		formats = Collections.unmodifiableSet(new LinkedHashSet<>(formats));
	}

	/**
	 * Tells whether it leads to what belongs to a book, and not to the book.
	 */
	public boolean isSourceCode() {
		return this.label != null && CODE.matcher(this.label).find();
	}

	/**
	 * Tells whether it leads to a copy in the Internet Archive's Wayback Machine.
	 */
	public boolean isArchived() {
		return NormalizedUrl.isArchived(this.url);
	}

}
