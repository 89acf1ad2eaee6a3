package lectern.streaming.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Escapes the line separators of Unicode in JSON: U+0085, U+2028 and U+2029. JSON allows
 * them in strings, and the format of event streams does not end lines there, but the
 * functions with which several clients split lines do.
 */
final class UnicodeLineSeparators {

	/** The first byte of U+0085 in UTF-8. */
	private static final byte NEXT_LINE_LEAD = (byte) 0xC2;

	/** The first byte of U+2028 and U+2029 in UTF-8. */
	private static final byte SEPARATOR_LEAD = (byte) 0xE2;

	private UnicodeLineSeparators() {
	}

	/**
	 * Escape the separators. In JSON they can only be in strings.
	 * @param json in UTF-8
	 * @return the same array if it contains none
	 */
	static byte[] escape(byte[] json) {
		for (int index = 0; index < json.length; index++) {
			if (separatorAt(json, index) != 0) {
				return escapeFrom(json, index);
			}
		}
		return json;
	}

	private static byte[] escapeFrom(byte[] json, int first) {
		ByteArrayOutputStream escaped = new ByteArrayOutputStream(json.length + 64);
		escaped.write(json, 0, first);
		for (int index = first; index < json.length; index++) {
			int separator = separatorAt(json, index);
			if (separator == 0) {
				escaped.write(json[index]);
			}
			else {
				escaped.writeBytes("\\u%04x".formatted(separator).getBytes(StandardCharsets.US_ASCII));
				index += (separator < 0x800) ? 1 : 2;
			}
		}
		return escaped.toByteArray();
	}

	/** The separator that starts at an index; 0 if none does. */
	private static int separatorAt(byte[] json, int index) {
		byte lead = json[index];
		if (lead >= 0 || (lead != SEPARATOR_LEAD && lead != NEXT_LINE_LEAD)) {
			return 0;
		}
		if (lead == NEXT_LINE_LEAD) {
			return (byteAt(json, index + 1) == 0x85) ? 0x85 : 0;
		}
		int last = byteAt(json, index + 2);
		return (byteAt(json, index + 1) == 0x80 && (last == 0xA8 || last == 0xA9)) ? 0x2000 + last - 0x80 : 0;
	}

	private static int byteAt(byte[] json, int index) {
		return (index < json.length) ? json[index] & 0xFF : 0;
	}

}
