package lectern.catalog.importing.booklist;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Finds the asterisks and underscores that are emphasis delimiters. Delimiters come in
 * pairs and are never between two letters: {@code G*Magazine} and {@code part_one} have
 * none.
 */
final class Emphasis {

	private final String source;

	private final BitSet literal;

	private final int[] partners;

	private final Deque<DelimiterRun> asterisks = new ArrayDeque<>();

	private final Deque<DelimiterRun> underscores = new ArrayDeque<>();

	Emphasis(String source, BitSet literal, int[] partners) {
		this.source = source;
		this.literal = literal;
		this.partners = partners;
	}

	private record DelimiterRun(int from, int to) {
	}

	void markDelimiters(BitSet dropped) {
		int i = 0;
		while (i < this.source.length()) {
			char c = this.source.charAt(i);
			if (this.literal.get(i) || (c != '*' && c != '_' && c != '(')) {
				i++;
			}
			else if (c == '(') {
				i = afterDestination(i);
			}
			else {
				int end = i;
				while (end < this.source.length() && this.source.charAt(end) == c) {
					end++;
				}
				pair(new DelimiterRun(i, end), (c == '*') ? this.asterisks : this.underscores, dropped);
				i = end;
			}
		}
	}

	private int afterDestination(int parenthesis) {
		boolean destination = parenthesis > 0 && this.source.charAt(parenthesis - 1) == ']'
				&& this.partners[parenthesis] != Brackets.NONE;
		return destination ? this.partners[parenthesis] : parenthesis + 1;
	}

	private void pair(DelimiterRun run, Deque<DelimiterRun> open, BitSet dropped) {
		char before = (run.from > 0) ? this.source.charAt(run.from - 1) : ' ';
		char after = (run.to < this.source.length()) ? this.source.charAt(run.to) : ' ';
		if (Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after)) {
			return;
		}
		if (!TextSanitizer.isSpace(before) && !open.isEmpty()) {
			DelimiterRun opening = open.pop();
			dropped.set(opening.from, opening.to);
			dropped.set(run.from, run.to);
		}
		else if (!TextSanitizer.isSpace(after)) {
			open.push(run);
		}
	}

}
