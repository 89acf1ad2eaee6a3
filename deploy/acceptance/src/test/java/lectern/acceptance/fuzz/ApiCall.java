package lectern.acceptance.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A generated request. In the header {@code Authorization} the name of an account in
 * braces stands for its token.
 *
 * @param operation the operation that it calls; empty if it is garbage
 * @param kind what is special about it, to be read in a failure
 * @param path the path, percent-encoded
 * @param query the parameters as {@code name=value}, percent-encoded
 * @param json the content as JSON; empty if it is none
 * @param content the bytes that are sent
 * @param expected what the answer must be
 */
public record ApiCall(Optional<ApiOperation> operation, String kind, String method, String path, List<String> query,
		Map<String, String> headers, Optional<JsonNode> json, byte[] content, Expected expected) {

	private static final int LONGEST_SHOWN_CONTENT = 2_000;

	public String target() {
		return this.query.isEmpty() ? this.path : this.path + "?" + String.join("&", this.query);
	}

	ApiCall withKind(String newKind, Expected newExpected) {
		return new ApiCall(this.operation, newKind, this.method, this.path, this.query, this.headers, this.json,
				this.content, newExpected);
	}

	ApiCall withMethod(String newMethod) {
		return new ApiCall(this.operation, this.kind, newMethod, this.path, this.query, this.headers, this.json,
				this.content, this.expected);
	}

	ApiCall withQuery(String parameter) {
		List<String> more = new ArrayList<>(this.query);
		more.removeIf((present) -> present.substring(0, present.indexOf('='))
			.equals(parameter.substring(0, Math.max(parameter.indexOf('='), 0))));
		more.add(parameter);
		return withQuery(more);
	}

	ApiCall withQuery(List<String> newQuery) {
		return new ApiCall(this.operation, this.kind, this.method, this.path, newQuery, this.headers, this.json,
				this.content, this.expected);
	}

	ApiCall withHeader(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.headers);
		more.put(name, value);
		return new ApiCall(this.operation, this.kind, this.method, this.path, this.query, more, this.json, this.content,
				this.expected);
	}

	ApiCall withoutHeader(String name) {
		Map<String, String> fewer = new LinkedHashMap<>(this.headers);
		fewer.remove(name);
		return new ApiCall(this.operation, this.kind, this.method, this.path, this.query, fewer, this.json,
				this.content, this.expected);
	}

	ApiCall withJson(JsonNode newJson) {
		return new ApiCall(this.operation, this.kind, this.method, this.path, this.query, this.headers,
				Optional.of(newJson), JsonMapper.shared().writeValueAsBytes(newJson), this.expected);
	}

	ApiCall withContent(byte[] newContent) {
		return new ApiCall(this.operation, this.kind, this.method, this.path, this.query, this.headers,
				Optional.empty(), newContent, this.expected);
	}

	/**
	 * Return the bytes of the request.
	 * @param tokens replaces the names of accounts in a header by their tokens
	 */
	byte[] encode(UnaryOperator<String> tokens) {
		StringBuilder head = new StringBuilder(256);
		head.append(this.method).append(' ').append(target()).append(" HTTP/1.1\r\nHost: localhost\r\n");
		this.headers
			.forEach((name, value) -> head.append(name).append(": ").append(tokens.apply(value)).append("\r\n"));
		if (this.content.length > 0 || !this.method.equals("GET") && !this.method.equals("HEAD")) {
			head.append("Content-Length: ").append(this.content.length).append("\r\n");
		}
		head.append("\r\n");
		ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + this.content.length);
		all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
		all.writeBytes(this.content);
		return all.toByteArray();
	}

	/** Return a command line that sends the request again. */
	public String toCurl(String url) {
		StringBuilder curl = new StringBuilder("curl -i --path-as-is -X ").append(quote(this.method));
		this.headers.forEach((name, value) -> curl.append(" -H ")
			.append(quote(name + ": " + value.replaceAll("\\{(.+)}", "\\$TOKEN of $1"))));
		if (this.content.length > 0) {
			String text = new String(this.content, StandardCharsets.UTF_8);
			curl.append(" --data-binary ")
				.append(quote((text.length() > LONGEST_SHOWN_CONTENT)
						? text.substring(0, LONGEST_SHOWN_CONTENT) + "… (" + this.content.length + " bytes)" : text));
		}
		return curl.append(' ').append(quote(url + target())).toString();
	}

	private static String quote(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

}
