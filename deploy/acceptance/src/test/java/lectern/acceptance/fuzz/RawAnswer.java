package lectern.acceptance.fuzz;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.springframework.http.HttpHeaders;

/**
 * An answer as it came. Of an event stream the content is what came until the first id or
 * event. A compressed content is decompressed.
 *
 * @param status 0 if the server closed the connection without an answer, -1 if it kept it
 * open
 */
public record RawAnswer(int status, HttpHeaders headers, byte[] content) {

	static final RawAnswer NONE = new RawAnswer(0, new HttpHeaders(), new byte[0]);

	/** Return what came of an answer that did not end in time. */
	static RawAnswer unfinished(RawAnswer begun) {
		return new RawAnswer(-1, begun.headers(), begun.content());
	}

	static RawAnswer of(int status, Map<String, String> headers, byte[] content) {
		HttpHeaders all = new HttpHeaders();
		headers.forEach(all::add);
		return new RawAnswer(status, all,
				"gzip".equals(all.getFirst(HttpHeaders.CONTENT_ENCODING)) ? decompress(content) : content);
	}

	private static byte[] decompress(byte[] content) {
		try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(content))) {
			return input.readAllBytes();
		}
		catch (EOFException _) {
			// There is none, as after HEAD.
			return new byte[0];
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Tell whether the server kept the connection open without the end of the answer. */
	public boolean isUnfinished() {
		return this.status < 0;
	}

	public String text() {
		return new String(this.content, StandardCharsets.UTF_8);
	}

}
