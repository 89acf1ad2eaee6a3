package lectern.catalog.importing.booklist;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import lectern.catalog.book.NormalizedUrl;
import org.jspecify.annotations.Nullable;

/**
 * A link of an item.
 *
 * @param url an absolute http or https URL in ASCII
 * @param label the text of the link ("Vol. 2", "code samples"); absent for the link of
 * the title and for a label that only names formats
 * @param formats in their order in the line; empty if the line names none
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
	 * Whether the link leads to the source code of a book instead of the book.
	 */
	public boolean isSourceCode() {
		return this.label != null && CODE.matcher(this.label).find();
	}

	/**
	 * Whether the link leads to a copy in the Wayback Machine of the Internet Archive.
	 */
	public boolean isArchived() {
		return NormalizedUrl.isArchived(this.url);
	}

}
