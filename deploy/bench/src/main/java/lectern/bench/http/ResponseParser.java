package lectern.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Parses an HTTP/1.1 response incrementally; a read may end at any byte. The body is
 * passed on without copying. Not thread-safe.
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

	public ResponseParser(ResponseHandler responseHandler) {
		this.responseHandler = responseHandler;
	}

	/**
	 * Parse the next bytes.
	 * @param bytes the array with the bytes
	 * @param from the index of the first byte
	 * @param to the index after the last byte
	 * @return the index after the end of the response, or {@code to}
	 * @throws IllegalStateException if the response is not valid HTTP
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

	/** Return whether the whole response has been parsed. */
	public boolean isComplete() {
		return this.state == ParserState.COMPLETE;
	}

	private int head(byte[] bytes, int from, int to) {
		byte[] buffer = (this.head != null) ? this.head : new byte[0];
		for (int i = from; i < to; i++) {
			if (this.headLength == buffer.length) {
				buffer = Arrays.copyOf(buffer, growCapacity(buffer.length));
				this.head = buffer;
			}
			buffer[this.headLength++] = bytes[i];
			if (bytes[i] == '\n' && endsHead(buffer)) {
				startBody(ResponseHead.parse(new String(buffer, 0, this.headLength, StandardCharsets.ISO_8859_1)));
				return i + 1;
			}
		}
		return to;
	}

	private static int growCapacity(int length) {
		if (length >= MAX_HEAD_BYTES) {
			throw new IllegalStateException("The response head is longer than " + MAX_HEAD_BYTES + " bytes");
		}
		return length * 2;
	}

	private boolean endsHead(byte[] buffer) {
		int n = this.headLength;
		return n >= 4 && buffer[n - 2] == '\r' && buffer[n - 3] == '\n' && buffer[n - 4] == '\r';
	}

	private void startBody(ResponseHead parsed) {
		// Free the memory: thousands of idle connections do not need it.
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
				throw new IllegalStateException("A chunk size is not a hexadecimal number");
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
