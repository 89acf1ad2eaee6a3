package lectern.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many items as requested
 * @param next the {@code page} parameter of the next page; null on the last page
 */
public record KeysetPage<T>(List<T> items, @Nullable String next) {

	public KeysetPage {
		items = List.copyOf(items);
	}

}
