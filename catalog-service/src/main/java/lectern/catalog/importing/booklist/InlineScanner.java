package lectern.catalog.importing.booklist;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the inline Markdown of one line in two passes, each in linear time: the first
 * finds the markup and matches brackets, the second builds the text. More tolerant than
 * CommonMark: a destination may contain spaces and unbalanced parentheses, and a space
 * may precede it.
 */
final class InlineScanner {

	private static final String ESCAPABLE = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

	/** HTML tags that lists use for layout. Other text in angle brackets is kept. */
	private static final Pattern TAG = Pattern.compile(
			"</?(?:a|b|bdi|bdo|br|code|del|div|em|i|img|ins|kbd|p|s|small|span|strong|sub|sup|u)(?:[\\s/][^<>]*+)?>"
					+ "|<!--[^<>]*+-->",
			Pattern.CASE_INSENSITIVE);

	private final String source;

	private final boolean links;

	private final int lastClosing;

	private final BitSet literal = new BitSet();

	private final BitSet dropped = new BitSet();

	private final int[] partners;

	private final StringBuilder text = new StringBuilder();

	private final List<Inline.Anchor> anchors = new ArrayList<>();

	InlineScanner(String source, boolean links) {
		this.source = source.replace(Inline.ANCHOR, ' ');
		this.lastClosing = this.source.lastIndexOf(')');
		this.links = links;
		markLiterals();
		this.partners = Brackets.partners(this.source, this.literal);
		new Emphasis(this.source, this.literal, this.partners).markDelimiters(this.dropped);
	}

	/**
	 * Mark code spans and escaped characters. A run of backticks ends at the next run,
	 * regardless of their lengths.
	 */
	private void markLiterals() {
		int length = this.source.length();
		int i = 0;
		while (i < length) {
			char c = this.source.charAt(i);
			if (c == '\\' && i + 1 < length && ESCAPABLE.indexOf(this.source.charAt(i + 1)) >= 0) {
				this.dropped.set(i);
				this.literal.set(i, i + 2);
				i += 2;
			}
			else if (c == '`') {
				int open = endOfRun(i);
				int close = this.source.indexOf('`', open);
				this.dropped.set(i, open);
				if (close > 0) {
					this.literal.set(open, close);
					this.dropped.set(close, endOfRun(close));
				}
				i = (close > 0) ? endOfRun(close) : open;
			}
			else {
				i++;
			}
		}
	}

	private int endOfRun(int from) {
		int end = from;
		while (end < this.source.length() && this.source.charAt(end) == this.source.charAt(from)) {
			end++;
		}
		return end;
	}

	Inline scan() {
		int i = 0;
		while (i < this.source.length()) {
			i = step(i);
		}
		return new Inline(this.text.toString(), List.copyOf(this.anchors));
	}

	private int step(int i) {
		char c = this.source.charAt(i);
		if (this.dropped.get(i)) {
			return i + 1;
		}
		if (!this.literal.get(i)) {
			if (c == '[' && this.partners[i] != Brackets.NONE && (this.links || isImage(i))) {
				int after = link(i);
				if (after > 0) {
					return after;
				}
			}
			else if (c == '&') {
				CharacterReference reference = CharacterReference.at(this.source, i);
				if (reference != null) {
					this.text.append(reference.text());
					return i + reference.length();
				}
			}
			else if (c == '<') {
				Matcher tag = TAG.matcher(this.source).region(i, this.source.length());
				if (tag.lookingAt()) {
					return tag.end();
				}
			}
		}
		this.text.append(c);
		return i + 1;
	}

	private boolean isImage(int bracket) {
		return bracket > 0 && this.source.charAt(bracket - 1) == '!' && !this.literal.get(bracket - 1);
	}

	/**
	 * Parse the link whose label starts at a bracket.
	 * @return the index after the link, or 0 if it is not a link
	 */
	private int link(int bracket) {
		int labelEnd = this.partners[bracket];
		int open = destinationAfter(labelEnd);
		int close = (open > 0) ? closing(open) : Brackets.NONE;
		if (close == Brackets.NONE) {
			return 0;
		}
		String label = this.source.substring(bracket + 1, labelEnd);
		if (isImage(bracket)) {
			this.text.setLength(this.text.length() - 1);
			this.text.append(label);
		}
		else {
			this.anchors.add(new Inline.Anchor(Inline.plain(label), destination(open + 1, close)));
			this.text.append(Inline.ANCHOR);
		}
		return close + 1;
	}

	private int destinationAfter(int labelEnd) {
		if (this.source.startsWith("(", labelEnd + 1)) {
			return labelEnd + 1;
		}
		boolean afterSpace = this.source.startsWith(" (http://", labelEnd + 1)
				|| this.source.startsWith(" (https://", labelEnd + 1);
		return afterSpace ? labelEnd + 2 : 0;
	}

	private int closing(int open) {
		int partner = this.partners[open];
		if (partner != Brackets.NONE || open > this.lastClosing) {
			return partner;
		}
		return this.source.indexOf(')', open);
	}

	private String destination(int from, int to) {
		String destination = this.source.substring(from, to).strip();
		if (destination.startsWith("<") && destination.indexOf('>') > 0) {
			destination = destination.substring(1, destination.indexOf('>'));
		}
		else {
			int title = destination.indexOf(" \"");
			destination = (title < 0) ? destination : destination.substring(0, title);
		}
		return unescape(destination).strip();
	}

	private static String unescape(String escaped) {
		StringBuilder plain = new StringBuilder(escaped.length());
		int i = 0;
		while (i < escaped.length()) {
			char c = escaped.charAt(i);
			CharacterReference reference = (c == '&') ? CharacterReference.at(escaped, i) : null;
			if (reference != null) {
				plain.append(reference.text());
				i += reference.length();
				continue;
			}
			boolean escape = c == '\\' && i + 1 < escaped.length() && ESCAPABLE.indexOf(escaped.charAt(i + 1)) >= 0;
			plain.append(escape ? escaped.charAt(i + 1) : c);
			i += escape ? 2 : 1;
		}
		return plain.toString();
	}

}
