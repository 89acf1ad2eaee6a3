package lectern.progress.catalogreplica;

import java.util.List;

import lectern.progress.catalogreplica.CatalogEvent.BookDeleted;
import lectern.progress.catalogreplica.CatalogEvent.BookUpserted;
import lectern.progress.catalogreplica.CatalogReplica.CursorMovedElsewhereException;
import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.model.BookSnapshot;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Two nodes that keep one replica, of which one was stalled for some time. */
class CatalogReplicaIntegrationTests {

	private static final Cursor LOG = new Cursor("catalogtest", 0);

	private final EventLogFixture test = new EventLogFixture(new EventTypes());

	private final BookReplica books = new BookReplica(this.test.database);

	private final CatalogReplica node = new CatalogReplica(this.test.database, this.test.transactions);

	private final CatalogReplica stalled = new CatalogReplica(this.test.database, this.test.transactions);

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void stalledNodeDoesNotRestoreRemovedBook() {
		apply(this.node, CatalogReplica.START, added("removed", 1));
		apply(this.node, cursor(1), added("kept", 2), removed("removed", 3));
		assertThat(apply(this.stalled, CatalogReplica.START, added("removed", 1), added("kept", 2)))
			.isEqualTo(cursor(3));
		assertThat(this.books.find("removed").block(HANG_LIMIT)).isNull();
		assertThat(this.books.find("kept").block(HANG_LIMIT)).isNotNull();
		assertThat(this.node.cursor().block(HANG_LIMIT)).isEqualTo(cursor(3));
	}

	@Test
	void nodeAppliesOnlyWhatTheOtherHasNot() {
		apply(this.node, CatalogReplica.START, added("first", 1), removed("first", 2));
		assertThat(apply(this.stalled, CatalogReplica.START, added("first", 1), removed("first", 2), added("next", 3)))
			.isEqualTo(cursor(3));
		assertThat(this.books.find("first").block(HANG_LIMIT)).isNull();
		assertThat(this.books.find("next").block(HANG_LIMIT)).isNotNull();
	}

	@Test
	void heartbeatOfStalledNodeDoesNotMoveCursorBack() {
		apply(this.node, CatalogReplica.START, added("first", 1), added("second", 2));
		assertThat(apply(this.stalled, cursor(1))).isEqualTo(cursor(2));
		assertThat(this.stalled.apply(cursor(1), List.of(), LOG.at(1)).block(HANG_LIMIT)).isEqualTo(cursor(2));
	}

	@Test
	void resetOfStalledNodeDoesNotMoveCursorBack() {
		apply(this.node, CatalogReplica.START, added("first", 1), added("second", 2));
		this.stalled.restart(cursor(1)).block(HANG_LIMIT);
		assertThat(this.node.cursor().block(HANG_LIMIT)).isEqualTo(cursor(2));
		this.node.restart(cursor(2)).block(HANG_LIMIT);
		assertThat(this.node.cursor().block(HANG_LIMIT)).isEqualTo(CatalogReplica.START);
	}

	@Test
	void eventsOfAnotherLogAreNotMixedIn() {
		apply(this.node, CatalogReplica.START, added("first", 1));
		PositionedCatalogEvent foreign = new PositionedCatalogEvent(added("foreign", 9).event(),
				new Cursor("anotherepoch", 9));
		assertThatExceptionOfType(CursorMovedElsewhereException.class)
			.isThrownBy(() -> apply(this.stalled, cursor(1), foreign));
		assertThat(this.books.find("foreign").block(HANG_LIMIT)).isNull();
		this.node.restart(cursor(1)).block(HANG_LIMIT);
		assertThatExceptionOfType(CursorMovedElsewhereException.class)
			.isThrownBy(() -> apply(this.stalled, cursor(1), added("second", 2)));
	}

	/** The catalog names its log before it says that the log is another one. */
	@Test
	void cursorOfAnotherLogIsNotSavedBeforeReset() {
		apply(this.node, CatalogReplica.START, added("first", 1));
		this.node.apply(cursor(1), List.of(), new Cursor("anotherepoch", 9)).block(HANG_LIMIT);
		assertThat(this.node.cursor().block(HANG_LIMIT)).isEqualTo(cursor(1));
	}

	private static @Nullable String apply(CatalogReplica node, String known, PositionedCatalogEvent... events) {
		Cursor reached = (events.length > 0) ? events[events.length - 1].cursor() : null;
		return node.apply(known, List.of(events), reached).block(HANG_LIMIT);
	}

	private static PositionedCatalogEvent added(String book, int position) {
		return new PositionedCatalogEvent(new BookUpserted(new BookSnapshot(book, "Title", List.of()), "[]"),
				LOG.at(position));
	}

	private static PositionedCatalogEvent removed(String book, int position) {
		return new PositionedCatalogEvent(new BookDeleted(book), LOG.at(position));
	}

	private static String cursor(int position) {
		return LOG.at(position).toString();
	}

}
