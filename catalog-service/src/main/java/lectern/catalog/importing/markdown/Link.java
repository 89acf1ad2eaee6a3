package lectern.catalog.importing.markdown;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One way to an item.
 *
 * @param url absolute, http or https, ASCII only
 * @param label what the line calls it ("Vol. 2", "code samples"); absent for the title's
 * own link and where the label names formats alone
 * @param formats in the order named; empty when the line does not say
 */
public record Link(String url, @Nullable String label, Set<String> formats) {

	public Link {
		formats = Collections.unmodifiableSet(new LinkedHashSet<>(formats));
	}

	/**
	 * Tells whether it leads to a copy in the Internet Archive's Wayback Machine.
	 */
	public boolean archived() {
		return NormalizedUrl.isArchived(this.url);
	}

}
