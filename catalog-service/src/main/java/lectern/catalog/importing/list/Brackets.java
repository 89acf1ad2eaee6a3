package lectern.catalog.importing.list;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * Finds which brackets belong together, all in one pass: looking for each one's partner
 * when it is needed would take quadratic time on a line of opening brackets.
 */
final class Brackets {

	/** No partner. */
	static final int NONE = -1;

	private Brackets() {
	}

	/**
	 * Returns for each opening bracket the place of its closing one, and {@link #NONE}
	 * elsewhere. Square and round ones are matched apart; full-width round ones are
	 * matched with round ones.
	 * @param text where to look
	 * @param literal places that are not brackets whatever stands there
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
