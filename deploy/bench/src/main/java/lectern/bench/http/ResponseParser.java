package lectern.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Parses a response of HTTP/1.1 as it comes, wherever the reads cut it. The body is
 * handed on where it lies, uncopied. Not safe for more than one thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
public final class ResponseParser {

	private static final int MAX_HEAD_BYTES = 64 * 1024;

	private final ResponseHandler responseHandler;

	private byte @Nullable [] head = new byte[512];

	private int headLength;

	private ParserState state = ParserState.HEAD;

	private long remaining;

	private boolean inExtension;

	private int trailerLine;

	public ResponseParser(ResponseHandler response) {
		this.responseHandler = response;
	}

	/**
	 * Parse what has been read.
	 * @param bytes where it was read to
	 * @param from the first of it
	 * @param to after the last of it
	 * @return where the response ended, or {@code to}
	 * @throws IllegalStateException if it is not HTTP
	 */
	public int feed(byte[] bytes, int from, int to) {
		int at = from;
		while (at < to && this.state != ParserState.COMPLETE) {
			at = switch (this.state) {
				case HEAD -> head(bytes, at, to);
				case CHUNK_SIZE -> chunkSize(bytes[at], at);
				case CHUNK_END -> chunkEnd(bytes[at], at);
				case TRAILER -> trailer(bytes[at], at);
				case CHUNK, BODY -> body(bytes, at, to);
				case COMPLETE -> to;
			};
		}
		return at;
	}

	/** Whether the whole response has been parsed. */
	public boolean isComplete() {
		return this.state == ParserState.COMPLETE;
	}

	private int head(byte[] bytes, int from, int to) {
		byte[] kept = (this.head != null) ? this.head : new byte[0];
		for (int i = from; i < to; i++) {
			if (this.headLength == kept.length) {
				kept = Arrays.copyOf(kept, growCapacity(kept.length));
				this.head = kept;
			}
			kept[this.headLength++] = bytes[i];
			if (bytes[i] == '\n' && endsHead(kept)) {
				startBody(ResponseHead.parse(new String(kept, 0, this.headLength, StandardCharsets.ISO_8859_1)));
				return i + 1;
			}
		}
		return to;
	}

	private static int growCapacity(int length) {
		if (length >= MAX_HEAD_BYTES) {
			throw new IllegalStateException("The head of the response does not end");
		}
		return length * 2;
	}

	private boolean endsHead(byte[] kept) {
		int n = this.headLength;
		return n >= 4 && kept[n - 2] == '\r' && kept[n - 3] == '\n' && kept[n - 4] == '\r';
	}

	private void startBody(ResponseHead parsed) {
		// Thousands of idle connections need not keep it.
		this.head = null;
		this.remaining = 0;
		if (parsed.isChunked()) {
			this.state = ParserState.CHUNK_SIZE;
		}
		else {
			this.remaining = parsed.contentLength();
			this.state = (this.remaining == 0) ? ParserState.COMPLETE : ParserState.BODY;
		}
		this.responseHandler.onHead(parsed);
	}

	private int chunkSize(byte b, int at) {
		if (b == '\n') {
			this.inExtension = false;
			this.state = (this.remaining == 0) ? ParserState.TRAILER : ParserState.CHUNK;
		}
		else if (b == ';' || b == '\r') {
			this.inExtension = true;
		}
		else if (!this.inExtension) {
			int digit = Character.digit(b, 16);
			if (digit < 0 || this.remaining > Integer.MAX_VALUE) {
				throw new IllegalStateException("The size of a chunk is no number");
			}
			this.remaining = (this.remaining << 4) + digit;
		}
		return at + 1;
	}

	private int chunkEnd(byte b, int at) {
		if (b == '\n') {
			this.state = ParserState.CHUNK_SIZE;
		}
		return at + 1;
	}

	private int trailer(byte b, int at) {
		if (b == '\n') {
			if (this.trailerLine == 0) {
				this.state = ParserState.COMPLETE;
			}
			this.trailerLine = 0;
		}
		else if (b != '\r') {
			this.trailerLine++;
		}
		return at + 1;
	}

	private int body(byte[] bytes, int from, int to) {
		int end = (int) Math.min(to, from + this.remaining);
		this.remaining -= end - from;
		if (this.remaining == 0) {
			this.state = (this.state == ParserState.CHUNK) ? ParserState.CHUNK_END : ParserState.COMPLETE;
		}
		this.responseHandler.onBody(bytes, from, end);
		return end;
	}

	private enum ParserState {

		HEAD, CHUNK_SIZE, CHUNK, CHUNK_END, TRAILER, BODY, COMPLETE

	}

}
