package lectern.progress.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.InvalidCommand.PageOutOfRange;
import lectern.progress.model.InvalidCommand.UnknownEdition;
import lectern.progress.model.InvalidCommand.UnknownPages;
import lectern.progress.model.Reading.EditionChoice;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import org.jspecify.annotations.Nullable;

/** Decides which edition a reading names, and what its pages mean (ADR 27). */
final class EditionPolicy {

	private EditionPolicy() {
	}

	/**
	 * Decide on a change of the edition. One that is told late may have been replaced
	 * since. A name that the catalog has lost stays valid for a reading that has it.
	 */
	static Decision decide(ChangeEdition command, Open open, EventTime time) {
		RequestedEdition requested = command.edition();
		EditionChoice current = open.edition();
		BookEdition edition = (requested != null) ? requested.edition() : null;
		if (requested != null && edition == null) {
			return requested.isNamed(current.edition()) ? Accepted.NO_CHANGE
					: new UnknownEdition(requested.available());
		}
		if (Objects.equals(edition, current.edition()) || time.isBefore(current.changedAt())) {
			return Accepted.NO_CHANGE;
		}
		return Accepted.with(change(edition, open, time));
	}

	/** The event as it would have been stored had it been received in another order. */
	static ReadingEditionChanged reevaluate(ReadingEditionChanged event, Open open) {
		return change(event.bookEdition(), open, new EventTime(event.occurredAt(), null));
	}

	private static ReadingEditionChanged change(@Nullable BookEdition edition, Open open, EventTime time) {
		boolean samePages = edition != null && edition.name().equals(open.edition().name());
		return new ReadingEditionChanged((edition != null) ? edition.name() : null,
				(edition != null) ? edition.pages() : null,
				samePages ? null : withoutPage(open.position(), time.occurredAt()),
				samePages ? null : withoutPage(open.furthest(), time.occurredAt()), time.occurredAt(), time.clock());
	}

	/**
	 * A page of one edition is none of another. What was reported after the change was
	 * read in the new edition. Return null if the position stays as it is.
	 */
	private static @Nullable Position withoutPage(@Nullable Position position, Instant changedAt) {
		return (position == null || position.page() == null || position.occurredAt().isAfter(changedAt)) ? null
				: position.withoutPage();
	}

	static Open evolve(Open open, ReadingEditionChanged event) {
		return open.with(new EditionChoice(event.bookEdition(), event.occurredAt()))
			.with((event.position() != null) ? event.position() : open.position(),
					(event.furthest() != null) ? event.furthest() : open.furthest());
	}

	/** The position to restore: its page is dropped if it is one of another edition. */
	static Position restored(Position position, Open target, Open open) {
		return Objects.equals(target.edition().name(), open.edition().name()) ? position : position.withoutPage();
	}

	/**
	 * The reason why the page of a report without a fraction gives none; null if it does.
	 */
	static @Nullable InvalidCommand findInvalidPage(ReportPosition report, Open open) {
		BookEdition edition = open.edition().edition();
		if (edition == null || edition.pages() == null) {
			return new UnknownPages(open.edition().name());
		}
		return (page(report) < 0 || page(report) > edition.pages()) ? new PageOutOfRange(edition) : null;
	}

	/**
	 * A report of a valid page with its fraction. The event stores the fraction, so a
	 * later change of the edition does not change the past.
	 */
	static ReportPosition withFraction(ReportPosition report, Open open) {
		BookEdition edition = Objects.requireNonNull(open.edition().edition());
		BigDecimal pages = BigDecimal.valueOf(Objects.requireNonNull(edition.pages()));
		return report
			.withFraction(BigDecimal.valueOf(page(report)).divide(pages, Position.DECIMALS, RoundingMode.DOWN));
	}

	private static int page(ReportPosition report) {
		return Objects.requireNonNull(report.page(), "A report has a fraction or a page");
	}

}
