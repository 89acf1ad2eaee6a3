package lectern.web;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * An HTTP/2 connection over TLS on which any frame can be sent. Header blocks are encoded
 * without Huffman codes and dynamic tables.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#section-6">RFC 9113, Frame
 * Definitions</a>
 */
public final class RawHttp2Connection implements AutoCloseable {

	public static final int DATA = 0;

	public static final int HEADERS = 1;

	public static final int RST_STREAM = 3;

	public static final int SETTINGS = 4;

	public static final int PING = 6;

	public static final int GOAWAY = 7;

	public static final int CONTINUATION = 9;

	public static final int END_STREAM = 1;

	public static final int END_HEADERS = 4;

	private static final byte[] NOTHING = {};

	private final SSLSocket socket;

	private final DataInputStream input;

	private final OutputStream output;

	private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

	/** Connect to a port of this machine. */
	public RawHttp2Connection(SSLContext context, int port) throws IOException {
		this(context, new Socket("127.0.0.1", port));
	}

	/**
	 * @param plain a connection on which nothing but a header of a proxy was sent
	 */
	public RawHttp2Connection(SSLContext context, Socket plain) throws IOException {
		plain.setSoTimeout((int) HANG_LIMIT.toMillis());
		this.socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
		SSLParameters parameters = this.socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "h2" });
		this.socket.setSSLParameters(parameters);
		this.socket.startHandshake();
		this.input = new DataInputStream(this.socket.getInputStream());
		this.output = this.socket.getOutputStream();
		this.output.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		send(SETTINGS, 0, 0, NOTHING);
	}

	/** Send a frame. */
	public void send(int type, int flags, int stream, byte[] payload) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
		frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
		frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
		this.output.write(frame.array());
	}

	/** Send a request without content. */
	public void request(int stream, String... headers) throws IOException {
		send(HEADERS, END_HEADERS | END_STREAM, stream, block(headers));
	}

	/** Encode names and values of headers. */
	public static byte[] block(String... headers) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		for (int index = 0; index < headers.length; index += 2) {
			block.write(0);
			writeText(block, headers[index]);
			writeText(block, headers[index + 1]);
		}
		return block.toByteArray();
	}

	private static void writeText(ByteArrayOutputStream block, String text) {
		int rest = text.length();
		if (rest < 127) {
			block.write(rest);
		}
		else {
			block.write(127);
			rest -= 127;
			while (rest >= 128) {
				block.write(rest % 128 + 128);
				rest /= 128;
			}
			block.write(rest);
		}
		block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** Read the next frame. */
	public Frame read() throws IOException {
		int length = this.input.readUnsignedByte() << 16 | this.input.readUnsignedShort();
		int type = this.input.readUnsignedByte();
		int flags = this.input.readUnsignedByte();
		int stream = this.input.readInt();
		return new Frame(type, flags, stream, this.input.readNBytes(length));
	}

	/** Read the response to a request, and pass over everything else. */
	public Response response(int stream) throws IOException, Http2Exception {
		Frame head = read();
		while (head.type() != HEADERS || head.stream() != stream) {
			if (head.type() == RST_STREAM && head.stream() == stream) {
				throw new IOException("The request was reset: " + ByteBuffer.wrap(head.payload()).getInt());
			}
			head = read();
		}
		Http2Headers headers = this.decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(head.payload()));
		StringBuilder content = new StringBuilder();
		Frame last = head;
		while ((last.flags() & END_STREAM) == 0 && !isStream(headers)) {
			last = read();
			if (last.type() == DATA && last.stream() == stream) {
				content.append(new String(last.payload(), StandardCharsets.UTF_8));
			}
		}
		return new Response(headers, content.toString());
	}

	private static boolean isStream(Http2Headers headers) {
		return "text/event-stream".contentEquals(headers.get("content-type", ""));
	}

	/** Read until the server ends the connection; return the error that it names. */
	public Http2Error awaitGoAway() throws IOException {
		Frame frame = read();
		while (frame.type() != GOAWAY) {
			frame = read();
		}
		awaitEnd();
		return Http2Error.valueOf(ByteBuffer.wrap(frame.payload()).getInt(4));
	}

	/** Read until the server ends the connection. One that stays open is a timeout. */
	public void awaitEnd() throws IOException {
		try {
			while (this.input.read() >= 0) {
				// What the server had sent already.
			}
		}
		catch (SocketException | SSLException _) {
			// An RST is an end as well.
		}
	}

	/** The certificate that the server has sent. */
	public Certificate certificate() throws IOException {
		return this.socket.getSession().getPeerCertificates()[0];
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * A frame of the server.
	 *
	 * @param type the type, as RFC 9113 numbers it
	 * @param flags the flags
	 * @param stream the number of the stream; 0 for the connection
	 * @param payload what it contains
	 */
	public record Frame(int type, int flags, int stream, byte[] payload) {
	}

	/**
	 * A response.
	 *
	 * @param headers the headers, with the status
	 * @param content the content
	 */
	public record Response(Http2Headers headers, String content) {

		/** The value of a header; {@code null} as text if there is none. */
		public String header(String name) {
			return String.valueOf(this.headers.get(name));
		}

		/** The status as text. */
		public String status() {
			return this.headers.status().toString();
		}

	}

}
