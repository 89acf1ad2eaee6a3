package lectern.catalog.importing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import lectern.catalog.importing.markdown.PlainText;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Cuts a body into lines as it comes, wherever its buffers are cut. Holds one line, and
 * of a longer one than is allowed only the beginning. One splitter a body, not for
 * several threads.
 */
final class LineSplitter {

	/** In bytes, without the line end. */
	static final int MAX_LINE = 1 << 20;

	private static final int LONGEST_CHARACTER = 4;

	private final ByteArrayOutputStream held = new ByteArrayOutputStream();

	private boolean overlong;

	private int number;

	/** The lines that end in this buffer, which is released. */
	List<Line> lines(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		List<Line> lines = new ArrayList<>();
		int from = 0;
		for (int at = 0; at < bytes.length; at++) {
			if (bytes[at] == '\n') {
				hold(bytes, from, at);
				lines.add(line());
				from = at + 1;
			}
		}
		hold(bytes, from, bytes.length);
		return lines;
	}

	/** The last line, if the body did not end in a line end. */
	List<Line> rest() {
		return (this.held.size() > 0) ? List.of(line()) : List.of();
	}

	private void hold(byte[] bytes, int from, int to) {
		int room = MAX_LINE - this.held.size();
		this.held.write(bytes, from, Math.min(room, to - from));
		this.overlong |= to - from > room;
	}

	private Line line() {
		byte[] bytes = this.held.toByteArray();
		boolean tooLong = this.overlong;
		this.held.reset();
		this.overlong = false;
		this.number++;
		if (tooLong) {
			return broken(bytes, "It is longer than 1 MiB.");
		}
		int end = (bytes.length > 0 && bytes[bytes.length - 1] == '\r') ? bytes.length - 1 : bytes.length;
		try {
			// Unlike a string's constructor this does not mend what is malformed.
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
			return new Line(this.number, text, null);
		}
		catch (CharacterCodingException _) {
			return broken(bytes, "It has bytes that are not UTF-8.");
		}
	}

	private Line broken(byte[] bytes, String fault) {
		String beginning = new String(bytes, 0, Math.min(bytes.length, Refusal.SHOWN * LONGEST_CHARACTER),
				StandardCharsets.UTF_8);
		return new Line(this.number, PlainText.printable(beginning, Refusal.SHOWN), fault);
	}

}
