package lectern.web;

import java.util.Objects;

import io.r2dbc.spi.Readable;

/** Reads columns that the database declares as not null. */
public final class Columns {

	private Columns() {
	}

	/**
	 * Read a column that is never null.
	 * @param row a row, or the output of a statement
	 * @param name the column's name
	 * @throws NullPointerException if it is null after all: the statement and its reader
	 * disagree
	 */
	public static <T> T required(Readable row, String name, Class<T> type) {
		return Objects.requireNonNull(row.get(name, type), name);
	}

	/**
	 * Read a column that is never null by its index.
	 * @param index from 0
	 * @throws NullPointerException if it is null after all
	 */
	public static <T> T required(Readable row, int index, Class<T> type) {
		return Objects.requireNonNull(row.get(index, type), () -> "column " + index);
	}

}
