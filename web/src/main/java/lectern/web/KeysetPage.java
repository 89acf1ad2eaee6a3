package lectern.web;

import java.util.List;
import java.util.function.Function;

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

	/** Return the same page with each item converted. */
	public <R> KeysetPage<R> map(Function<? super T, R> converter) {
		return new KeysetPage<>(this.items.stream().map(converter).toList(), this.next);
	}

}
