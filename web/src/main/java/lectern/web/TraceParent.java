package lectern.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the header {@code traceparent}, with which a request says to which trace it
 * belongs. Whatever is not valid counts as absent.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class TraceParent {

	/** The name of the header. */
	public static final String HEADER = "traceparent";

	/**
	 * The attribute of an exchange with the id of its trace, if this process exports it.
	 */
	public static final String TRACE_ID_ATTRIBUTE = TraceParent.class.getName();

	private static final Pattern VALID = Pattern
		.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]([0-9a-f])");

	private TraceParent() {
	}

	/**
	 * Return the id of the trace: 32 hexadecimal digits.
	 * @param header the header of the request; null if absent
	 * @return null if there is no valid header
	 */
	public static @Nullable String traceId(@Nullable String header) {
		Matcher matcher = (header != null) ? VALID.matcher(header) : null;
		return (matcher != null && matcher.matches()) ? matcher.group(1) : null;
	}

	/**
	 * Whether the client wants the trace to be exported.
	 * @param header the header of the request; null if absent
	 */
	public static boolean isSampled(@Nullable String header) {
		Matcher matcher = (header != null) ? VALID.matcher(header) : null;
		return matcher != null && matcher.matches() && (Character.digit(matcher.group(2).charAt(0), 16) & 1) == 1;
	}

}
