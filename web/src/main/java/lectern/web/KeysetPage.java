package lectern.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items at most as many as were asked for
 * @param next what to send as {@code page} for the rest; null on the last page
 */
public record KeysetPage<T>(List<T> items, @Nullable String next) {

	public KeysetPage {
		items = List.copyOf(items);
	}

}
