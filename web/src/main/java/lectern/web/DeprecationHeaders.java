package lectern.web;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.springframework.http.HttpHeaders;

/**
 * The headers of a deprecated operation. They are advice: the operation works as before
 * until it is removed.
 *
 * @param deprecation a date of RFC 9651: an at sign and the seconds since 1970
 * @param sunset an HTTP date
 * @param link to the page that says what to use instead
 */
record DeprecationHeaders(String deprecation, String sunset, String link) {

	private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			Locale.US);

	/**
	 * Read the annotation.
	 * @throws IllegalArgumentException if the operation is removed before it is
	 * deprecated
	 * @throws java.time.DateTimeException if one of the days is none
	 */
	static DeprecationHeaders of(DeprecatedOperation operation) {
		ZonedDateTime since = LocalDate.parse(operation.since()).atStartOfDay(ZoneOffset.UTC);
		ZonedDateTime removal = LocalDate.parse(operation.removal()).atStartOfDay(ZoneOffset.UTC);
		if (removal.isBefore(since)) {
			throw new IllegalArgumentException("The operation is removed before it is deprecated");
		}
		return new DeprecationHeaders("@" + since.toEpochSecond(), HTTP_DATE.format(removal),
				"<" + operation.guide() + ">; rel=\"deprecation\"; type=\"text/html\"");
	}

	void addTo(HttpHeaders headers) {
		headers.set("Deprecation", this.deprecation);
		headers.set("Sunset", this.sunset);
		headers.add(HttpHeaders.LINK, this.link);
	}

}
