package lectern.web.setting;

/**
 * How many characters must be inserted, deleted or replaced to make one text of another.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Levenshtein_distance">Levenshtein
 * distance</a>
 */
final class EditDistance {

	private EditDistance() {
	}

	static int between(String first, String second) {
		int[] row = new int[second.length() + 1];
		for (int column = 0; column < row.length; column++) {
			row[column] = column;
		}
		for (int line = 1; line <= first.length(); line++) {
			int diagonal = row[0];
			row[0] = line;
			for (int column = 1; column < row.length; column++) {
				int replaced = diagonal + ((first.charAt(line - 1) == second.charAt(column - 1)) ? 0 : 1);
				diagonal = row[column];
				row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
			}
		}
		return row[second.length()];
	}

}
