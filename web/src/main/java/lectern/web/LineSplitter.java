package lectern.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Splits the buffers of a body into lines, independent of the buffer boundaries. Holds
 * one line at most, and only the beginning of a line that is too long. One instance per
 * body; not thread-safe.
 */
public final class LineSplitter {

	/** Without the line end. */
	public static final int MAX_LINE_BYTES = 1 << 20;

	/** How much is kept of a line that cannot be read, to show it. */
	private static final int MAX_UNREADABLE_BYTES = 800;

	private final ByteArrayOutputStream buffered = new ByteArrayOutputStream();

	private boolean overlong;

	private int number;

	/** Return the lines that end in this buffer. The buffer is released. */
	public List<RawLine> lines(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		List<RawLine> lines = new ArrayList<>();
		int start = 0;
		for (int index = 0; index < bytes.length; index++) {
			if (bytes[index] == '\n') {
				append(bytes, start, index);
				lines.add(line());
				start = index + 1;
			}
		}
		append(bytes, start, bytes.length);
		return lines;
	}

	/** Return the last line if the body does not end with a line end. */
	public List<RawLine> lastLine() {
		return (this.buffered.size() > 0) ? List.of(line()) : List.of();
	}

	private void append(byte[] bytes, int from, int to) {
		int free = MAX_LINE_BYTES - this.buffered.size();
		this.buffered.write(bytes, from, Math.min(free, to - from));
		this.overlong |= to - from > free;
	}

	private RawLine line() {
		byte[] bytes = this.buffered.toByteArray();
		boolean tooLong = this.overlong;
		this.buffered.reset();
		this.overlong = false;
		this.number++;
		if (tooLong) {
			return unreadable(bytes, RawLine.TOO_LONG);
		}
		int end = (bytes.length > 0 && bytes[bytes.length - 1] == '\r') ? bytes.length - 1 : bytes.length;
		try {
			// The String constructor would silently replace malformed bytes.
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
			return new RawLine(this.number, text, null);
		}
		catch (CharacterCodingException _) {
			return unreadable(bytes, "The line contains bytes that are not UTF-8.");
		}
	}

	private RawLine unreadable(byte[] bytes, String fault) {
		String beginning = new String(bytes, 0, Math.min(bytes.length, MAX_UNREADABLE_BYTES), StandardCharsets.UTF_8);
		return new RawLine(this.number, beginning, fault);
	}

}
