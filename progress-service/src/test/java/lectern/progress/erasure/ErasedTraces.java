package lectern.progress.erasure;

import java.util.List;
import java.util.Objects;

import lectern.progress.TestProgress;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** Looks for traces of a reader in all tables of the database. */
final class ErasedTraces {

	private final TestProgress progress;

	ErasedTraces(TestProgress progress) {
		this.progress = progress;
	}

	/** The tables in which any of these texts occurs, in any column. */
	List<String> tablesWith(String... texts) {
		return tables().stream().filter((table) -> contains(table, texts)).toList();
	}

	private List<String> tables() {
		return Objects.requireNonNull(this.progress.database()
			.sql("select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace")
			.mapValue(String.class)
			.all()
			.collectList()
			.block(HANG_LIMIT));
	}

	private boolean contains(String table, String... texts) {
		return Boolean.TRUE.equals(this.progress.database()
			.sql("select exists (select from " + table
					+ " as t, unnest(:texts) as searched where strpos(t::text, searched) > 0)")
			.bind("texts", texts)
			.mapValue(Boolean.class)
			.one()
			.block(HANG_LIMIT));
	}

}
