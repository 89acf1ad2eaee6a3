package lectern.web;

import org.springframework.http.HttpStatus;

/**
 * A problem type as defined by RFC 9457. The gateway serves its page at
 * {@code /problems/NAME}.
 *
 * @param name the last segment of the type's URI: lower-case words joined by hyphens
 * @param status the HTTP status of every problem of this type
 * @param title what happened in a few words, the same for every problem of this type
 */
public record ProblemType(String name, HttpStatus status, String title) {

	public static final ProblemType MALFORMED = new ProblemType("malformed", HttpStatus.BAD_REQUEST,
			"The request is malformed");

	public static final ProblemType INVALID_PARAMETER = new ProblemType("invalid-parameter", HttpStatus.BAD_REQUEST,
			"A query parameter is not valid");

	public static final ProblemType UNAUTHENTICATED = new ProblemType("unauthenticated", HttpStatus.UNAUTHORIZED,
			"A valid token is required");

	public static final ProblemType FORBIDDEN = new ProblemType("forbidden", HttpStatus.FORBIDDEN,
			"The account is not allowed to do this");

	public static final ProblemType NOT_FOUND = new ProblemType("not-found", HttpStatus.NOT_FOUND,
			"The resource was not found");

	public static final ProblemType METHOD_NOT_ALLOWED = new ProblemType("method-not-allowed",
			HttpStatus.METHOD_NOT_ALLOWED, "The resource does not support this method");

	public static final ProblemType NOT_ACCEPTABLE = new ProblemType("not-acceptable", HttpStatus.NOT_ACCEPTABLE,
			"No acceptable media type is available");

	public static final ProblemType STALLED = new ProblemType("stalled", HttpStatus.REQUEST_TIMEOUT,
			"The request content was not received in time");

	public static final ProblemType PRECONDITION_FAILED = new ProblemType("precondition-failed",
			HttpStatus.PRECONDITION_FAILED, "The resource has changed since it was read");

	public static final ProblemType TOO_LARGE = new ProblemType("too-large", HttpStatus.CONTENT_TOO_LARGE,
			"The request content is too large");

	public static final ProblemType URI_TOO_LONG = new ProblemType("uri-too-long", HttpStatus.URI_TOO_LONG,
			"The address of the request is too long");

	public static final ProblemType UNSUPPORTED_MEDIA_TYPE = new ProblemType("unsupported-media-type",
			HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type of the content is not supported");

	public static final ProblemType INVALID = new ProblemType("invalid", HttpStatus.UNPROCESSABLE_CONTENT,
			"A member of the content is not valid");

	public static final ProblemType PRECONDITION_REQUIRED = new ProblemType("precondition-required",
			HttpStatus.PRECONDITION_REQUIRED, "An If-Match header is required to change an existing resource");

	public static final ProblemType HEADERS_TOO_LARGE = new ProblemType("headers-too-large",
			HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The headers of the request are too large");

	public static final ProblemType INTERNAL = new ProblemType("internal", HttpStatus.INTERNAL_SERVER_ERROR,
			"An internal error occurred");

	public static final ProblemType UNAVAILABLE = new ProblemType("unavailable", HttpStatus.SERVICE_UNAVAILABLE,
			"A service is temporarily unavailable");

	public static final ProblemType UPSTREAM_TIMEOUT = new ProblemType("upstream-timeout", HttpStatus.GATEWAY_TIMEOUT,
			"A service did not answer in time");

	public static final ProblemType HTTP_VERSION_NOT_SUPPORTED = new ProblemType("http-version-not-supported",
			HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "The version of HTTP is not supported");

}
