package lectern.catalog.importing.booklist;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * Matches opening and closing brackets in one pass. A search for the partner of each
 * bracket on demand would take quadratic time on a line of opening brackets.
 */
final class Brackets {

	/** The index of a bracket without a partner. */
	static final int NONE = -1;

	private Brackets() {
	}

	/**
	 * Match the brackets of a text. Square and round brackets are matched separately; a
	 * full-width round bracket matches a normal one.
	 * @param text the text
	 * @param literal indexes of escaped characters and code, which are not brackets
	 * @return for the index of each opening bracket the index of its closing one,
	 * {@link #NONE} for all other indexes
	 */
	static int[] partners(String text, BitSet literal) {
		int[] partners = new int[text.length()];
		Arrays.fill(partners, NONE);
		Deque<Integer> square = new ArrayDeque<>();
		Deque<Integer> round = new ArrayDeque<>();
		for (int i = 0; i < partners.length; i++) {
			if (literal.get(i)) {
				continue;
			}
			switch (text.charAt(i)) {
				case '[' -> square.push(i);
				case '(', '（' -> round.push(i);
				case ']' -> close(square, i, partners);
				case ')', '）' -> close(round, i, partners);
				default -> {
				}
			}
		}
		return partners;
	}

	private static void close(Deque<Integer> open, int closing, int[] partners) {
		Integer opening = open.poll();
		if (opening != null) {
			partners[opening] = closing;
		}
	}

}
