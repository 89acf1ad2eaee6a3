package lectern.web;

import java.net.ConnectException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;

import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * Translates exceptions of Spring, Jackson and the network to problems. An unknown
 * exception becomes an internal error; its cause is only in the log.
 */
class ProblemTranslation {

	private static final String KEYS_UNAVAILABLE = "The keys for checking tokens are temporarily unavailable. Try again later.";

	private static final List<ProblemType> CLIENT_ERRORS = List.of(ProblemType.UNAUTHENTICATED, ProblemType.FORBIDDEN,
			ProblemType.METHOD_NOT_ALLOWED, ProblemType.NOT_ACCEPTABLE, ProblemType.STALLED,
			ProblemType.PRECONDITION_FAILED, ProblemType.URI_TOO_LONG, ProblemType.INVALID,
			ProblemType.PRECONDITION_REQUIRED, ProblemType.HEADERS_TOO_LARGE);

	Problem translate(Throwable failure) {
		return switch (failure) {
			case Problem problem -> problem;
			case WebExchangeBindException invalid -> Problem.invalid(invalid.getFieldErrors()
				.stream()
				.map((error) -> new Problem.Violation(pointer(error.getField()), null, message(error)))
				// The validator returns a set.
				.sorted(Comparator.comparing(Problem.Violation::pointer).thenComparing(Problem.Violation::detail))
				.toList());
			case ServerWebInputException input -> fromInputException(input);
			case MethodNotAllowedException method ->
				notAllowed(method.getHttpMethod(), allow(method.getSupportedMethods()));
			case NotAcceptableStatusException accept -> Problem.of(ProblemType.NOT_ACCEPTABLE,
					"This resource is available as " + list(accept.getSupportedMediaTypes()) + ".");
			case UnsupportedMediaTypeStatusException media -> unsupported(media.getSupportedMediaTypes());
			case UnsupportedMediaTypeException media -> unsupported(media.getSupportedMediaTypes());
			// Not by all of Spring: routes that look at the header by themselves pass the
			// exception on.
			case InvalidMediaTypeException _ ->
				Problem.of(ProblemType.MALFORMED, "A media type in the headers is not valid.");
			case AuthenticationServiceException _ -> unavailable(KEYS_UNAVAILABLE);
			case AuthenticationException _ ->
				Problem.of(ProblemType.UNAUTHENTICATED, "The token is missing, expired or not valid.")
					.withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			case RequiredRole.MissingRoleException missing ->
				Problem.of(ProblemType.FORBIDDEN, "The account lacks the role " + missing.role()
						+ ". Ask an operator for it, or sign in with an account that has it.");
			case AccessDeniedException _ -> Problem.of(ProblemType.FORBIDDEN, "The account lacks the required role.");
			case ConnectException _ ->
				unavailable("A service cannot be reached; it may be restarting. Try again in a moment.");
			case TimeoutException _ ->
				upstreamTimeout("The service did not answer in time. It may still process the request.");
			case ErrorResponse response -> fromStatus(response);
			default -> isTooLarge(failure) ? contentTooLarge() : internalError();
		};
	}

	private static Problem notAllowed(String method, String allowed) {
		return Problem
			.of(ProblemType.METHOD_NOT_ALLOWED, "The method " + method + " is not allowed here, only " + allowed + ".")
			.withHeader(HttpHeaders.ALLOW, allowed);
	}

	/** Name the methods that {@code OPTIONS} names, not only the declared ones. */
	private static String allow(Collection<HttpMethod> declared) {
		Set<String> methods = declared.stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new));
		if (methods.contains(HttpMethod.GET.name())) {
			methods.add(HttpMethod.HEAD.name());
		}
		methods.add(HttpMethod.OPTIONS.name());
		return String.join(", ", methods);
	}

	/**
	 * Content that cannot be parsed is malformed (400); other faults are violations
	 * (422).
	 */
	private static Problem fromInputException(ServerWebInputException failure) {
		if (isTooLarge(failure)) {
			return contentTooLarge();
		}
		if (failure.getMethodParameter() != null && cause(failure, JacksonException.class) == null) {
			String name = failure.getMethodParameter().getParameterName();
			String reason = failure.getReason();
			return Problem.of(ProblemType.MALFORMED,
					(name != null && reason != null) ? reason + "." : "The request cannot be read.");
		}
		JacksonException jackson = cause(failure, JacksonException.class);
		Problem.Violation violation = (jackson != null) ? JsonFaults.violation(jackson) : null;
		if (violation != null) {
			return Problem.invalid(List.of(violation));
		}
		StreamReadException syntax = cause(failure, StreamReadException.class);
		TokenStreamLocation location = (syntax != null) ? syntax.getLocation() : null;
		return Problem.of(ProblemType.MALFORMED,
				(location != null)
						? "The content is not well-formed JSON: the fault is at line " + location.getLineNr()
								+ ", column " + location.getColumnNr() + "."
						: "The content is not well-formed JSON of the expected structure.");
	}

	private static Problem fromStatus(ErrorResponse response) {
		return switch (HttpStatus.resolve(response.getStatusCode().value())) {
			case NOT_FOUND -> Problem.of(ProblemType.NOT_FOUND, "There is no resource at this path.");
			case BAD_REQUEST -> Problem.of(ProblemType.MALFORMED, "The request cannot be read.");
			case CONTENT_TOO_LARGE -> contentTooLarge();
			case SERVICE_UNAVAILABLE ->
				unavailable("A service cannot be reached; it may be restarting. Try again in a moment.");
			case GATEWAY_TIMEOUT -> upstreamTimeout("The service did not answer in time.");
			case UNSUPPORTED_MEDIA_TYPE -> unsupported(List.of());
			case null, default ->
				response.getStatusCode().is4xxClientError() ? clientError(response.getStatusCode()) : internalError();
		};
	}

	/** A fault of the client remains one, also if nobody has thought of it here. */
	private static Problem clientError(HttpStatusCode code) {
		HttpStatus status = Objects.requireNonNullElse(HttpStatus.resolve(code.value()), HttpStatus.BAD_REQUEST);
		ProblemType type = CLIENT_ERRORS.stream()
			.filter((known) -> known.status() == status)
			.findFirst()
			.orElseGet(() -> new ProblemType(ProblemType.MALFORMED.name(), status, ProblemType.MALFORMED.title()));
		return Problem.of(type, "The request cannot be processed: " + status.getReasonPhrase() + ".");
	}

	/** Some exceptions do not say what is supported. */
	private static Problem unsupported(List<MediaType> supported) {
		return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE,
				supported.isEmpty() ? "Send the content in a supported media type, such as application/json."
						: "Send the content as " + list(supported) + ".");
	}

	private static Problem contentTooLarge() {
		return Problem.of(ProblemType.TOO_LARGE, "One document or one line must not be larger than 1 MiB.");
	}

	private static Problem unavailable(String detail) {
		return Problem.of(ProblemType.UNAVAILABLE, detail).withHeader(HttpHeaders.RETRY_AFTER, "2");
	}

	private static Problem upstreamTimeout(String detail) {
		return Problem.of(ProblemType.UPSTREAM_TIMEOUT, detail).withHeader(HttpHeaders.RETRY_AFTER, "2");
	}

	static Problem internalError() {
		return Problem.of(ProblemType.INTERNAL,
				"Lectern failed to process the request. Quote the request id when you report it.");
	}

	private static boolean isTooLarge(Throwable failure) {
		return cause(failure, DataBufferLimitException.class) != null;
	}

	private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	/** Translate {@code freeAccess[0].url} to {@code /freeAccess/0/url}. */
	static String pointer(String path) {
		return "/" + escaped(path).replace("[", "/").replace("]", "").replace('.', '/');
	}

	static String escaped(String segment) {
		return segment.replace("~", "~0").replace("/", "~1");
	}

	private static String message(FieldError error) {
		String message = error.getDefaultMessage();
		return (message != null) ? message : "is not valid";
	}

	private static String list(List<MediaType> types) {
		return types.stream().map(MediaType::toString).sorted().collect(Collectors.joining(", "));
	}

}
