package lectern.progress.command;

import java.util.List;

import lectern.progress.model.BookEdition;
import lectern.progress.model.InvalidCommand;
import lectern.progress.model.InvalidCommand.PageOutOfRange;
import lectern.progress.model.InvalidCommand.UnknownEdition;
import lectern.progress.model.InvalidCommand.UnknownPages;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/** Maps a command that has no meaning for its reading to a problem. */
final class InvalidCommands {

	private InvalidCommands() {
	}

	static Problem toProblem(InvalidCommand invalid) {
		return switch (invalid) {
			case UnknownEdition unknown -> Problem.invalidMember("/edition", allowedEditions(unknown.available()));
			case UnknownPages unknown -> Problem.invalidMember("/page", missingPages(unknown.edition()));
			case PageOutOfRange outOfRange -> Problem.invalidMember("/page", allowedPages(outOfRange.edition()));
		};
	}

	private static String allowedEditions(List<String> available) {
		return available.isEmpty() ? "must be absent, because the catalog has no editions of this book"
				: "must be an edition of this book: " + String.join("; ", available);
	}

	/** A reading keeps the pages that the edition had when it was named. */
	private static String missingPages(@Nullable String edition) {
		return (edition == null)
				? "is not enough, because the reading names no edition: send fraction as well, or name one (PATCH)"
				: "is not enough, because the number of pages of the edition '" + edition + "' is not known: "
						+ "send fraction as well, or name an edition with pages (PATCH), or this one again once "
						+ "the catalog knows its pages";
	}

	private static String allowedPages(BookEdition edition) {
		return "must be from 0 to " + edition.pages() + ", the number of pages of the edition '" + edition.name() + "'";
	}

}
