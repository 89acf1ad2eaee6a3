package lectern.progress.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The reason why a command on a reading has no meaning for its book or its edition. No
 * event is stored.
 */
public sealed interface InvalidCommand extends Decision {

	/**
	 * The book has no such edition.
	 *
	 * @param available what the editions of the book are called; empty if it has none
	 */
	record UnknownEdition(List<String> available) implements InvalidCommand {

		public UnknownEdition {
			available = List.copyOf(available);
		}

	}

	/**
	 * A page alone was reported, but there is no number of pages to relate it to.
	 *
	 * @param edition the edition of the reading, whose pages are not known; null if the
	 * reading names none
	 */
	record UnknownPages(@Nullable String edition) implements InvalidCommand {
	}

	/**
	 * A page alone was reported, and the edition of the reading has no such page.
	 *
	 * @param edition the edition with its pages
	 */
	record PageOutOfRange(BookEdition edition) implements InvalidCommand {
	}

}
