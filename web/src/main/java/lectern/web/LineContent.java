package lectern.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Checks requests whose content is read line by line, however long it is. */
public final class LineContent {

	private LineContent() {
	}

	/**
	 * Check that the content of a request is UTF-8 and not compressed.
	 * @throws Problem 415 otherwise
	 */
	public static void requirePlainUtf8(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		ContentCoding.requireIdentity(headers);
		MediaType type = headers.getContentType();
		Charset charset = (type != null) ? type.getCharset() : null;
		if (type != null && charset != null && !charset.equals(StandardCharsets.UTF_8)) {
			throw new UnsupportedMediaTypeStatusException(type, List.of(new MediaType(type, StandardCharsets.UTF_8)));
		}
	}

}
