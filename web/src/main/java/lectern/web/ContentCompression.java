package lectern.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/** Decides which content is compressed, and compresses it. */
public final class ContentCompression {

	/** The name of the coding in {@code Content-Encoding}. */
	public static final String GZIP = "gzip";

	/** Shorter content, in bytes, fits into one packet anyway. */
	public static final int MIN_LENGTH = 1024;

	private ContentCompression() {
	}

	/**
	 * Return whether a client accepts gzip.
	 * @param acceptEncoding the header of this name; null if absent
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3">RFC 9110,
	 * Accept-Encoding</a>
	 */
	public static boolean isAccepted(@Nullable String acceptEncoding) {
		if (acceptEncoding == null) {
			return false;
		}
		String[] codings = acceptEncoding.split(",");
		return Arrays.stream(codings)
			.map(String::strip)
			.filter((coding) -> isNamed(coding, GZIP))
			.findFirst()
			.or(() -> Arrays.stream(codings).map(String::strip).filter((coding) -> isNamed(coding, "*")).findFirst())
			.filter((coding) -> !coding.replace(" ", "").matches("[^;]+;[qQ]=0(\\.0*)?"))
			.isPresent();
	}

	private static boolean isNamed(String coding, String name) {
		int end = coding.indexOf(';');
		return ((end < 0) ? coding : coding.substring(0, end)).strip().equalsIgnoreCase(name);
	}

	/** Compress content in the format of gzip; equal content gives equal bytes. */
	public static byte[] compress(byte[] content) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream(content.length / 2);
		try (OutputStream gzip = new FastGzipOutputStream(compressed)) {
			gzip.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	/** It runs on an event loop, whose time matters more than the last few percent. */
	private static final class FastGzipOutputStream extends GZIPOutputStream {

		FastGzipOutputStream(OutputStream out) throws IOException {
			super(out);
			this.def.setLevel(Deflater.BEST_SPEED);
		}

	}

}
