package lectern.catalog.importing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import lectern.catalog.importing.list.TextSanitizer;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Cuts a body into lines as it comes, wherever its buffers are cut. Holds one line, and
 * of a longer one than is allowed only the beginning. One splitter a body, not for
 * several threads.
 */
final class LineSplitter {

	/** In bytes, without the line end. */
	static final int MAX_LINE_BYTES = 1 << 20;

	private static final int MAX_CHARACTER_BYTES = 4;

	private final ByteArrayOutputStream buffered = new ByteArrayOutputStream();

	private boolean overlong;

	private int number;

	/** The lines that end in this buffer, which is released. */
	List<RawLine> lines(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		List<RawLine> lines = new ArrayList<>();
		int from = 0;
		for (int at = 0; at < bytes.length; at++) {
			if (bytes[at] == '\n') {
				append(bytes, from, at);
				lines.add(line());
				from = at + 1;
			}
		}
		append(bytes, from, bytes.length);
		return lines;
	}

	/** The last line, if the body did not end in a line end. */
	List<RawLine> lastLine() {
		return (this.buffered.size() > 0) ? List.of(line()) : List.of();
	}

	private void append(byte[] bytes, int from, int to) {
		int room = MAX_LINE_BYTES - this.buffered.size();
		this.buffered.write(bytes, from, Math.min(room, to - from));
		this.overlong |= to - from > room;
	}

	private RawLine line() {
		byte[] bytes = this.buffered.toByteArray();
		boolean tooLong = this.overlong;
		this.buffered.reset();
		this.overlong = false;
		this.number++;
		if (tooLong) {
			return unreadable(bytes, "The line is longer than 1 MiB.");
		}
		int end = (bytes.length > 0 && bytes[bytes.length - 1] == '\r') ? bytes.length - 1 : bytes.length;
		try {
			// Unlike a string's constructor this does not mend what is malformed.
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
			return new RawLine(this.number, text, null);
		}
		catch (CharacterCodingException _) {
			return unreadable(bytes, "The line contains bytes that are not UTF-8.");
		}
	}

	private RawLine unreadable(byte[] bytes, String fault) {
		String beginning = new String(bytes, 0,
				Math.min(bytes.length, RefusedLine.MAX_TEXT_LENGTH * MAX_CHARACTER_BYTES), StandardCharsets.UTF_8);
		return new RawLine(this.number, TextSanitizer.printable(beginning, RefusedLine.MAX_TEXT_LENGTH), fault);
	}

}
