package lectern.bench.row;

import java.util.List;

/** All rows, in the order of the table. */
public final class Rows {

	/** Those that need a new Lectern come last: it ends the warm one. */
	public static final List<Row> ALL = List.of(new SharedRow(), new BurstRow(), new PeakRow(), new MemoryRow(),
			new PrivateRow(), new ReportsRow(), new PastRow(), new RebuildRow(), new SearchRow(), new ImportRow(),
			new ForecastRow());

	private Rows() {
	}

}
