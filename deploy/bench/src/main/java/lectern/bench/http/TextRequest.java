package lectern.bench.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP request with a text body.
 *
 * @param method the method
 * @param path the path and query
 * @param headers the headers other than {@code Host} and {@code Content-Length}
 * @param body the body; empty for none
 */
public record TextRequest(String method, String path, Map<String, String> headers, String body) {

	/** Return a GET request. */
	public static TextRequest get(String path, Map<String, String> headers) {
		return new TextRequest("GET", path, headers, "");
	}

	/** Return the bytes of the request. */
	public byte[] encode() {
		byte[] content = this.body.getBytes(StandardCharsets.UTF_8);
		StringBuilder head = new StringBuilder(256);
		head.append(this.method).append(' ').append(this.path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
		this.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		if (!this.method.equals("GET")) {
			head.append("Content-Length: ").append(content.length).append("\r\n");
		}
		head.append("\r\n");
		ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + content.length);
		all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		all.writeBytes(content);
		return all.toByteArray();
	}

}
