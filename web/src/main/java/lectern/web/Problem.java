package lectern.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;

/**
 * Signals that a request is rejected, with everything that its response says. It has no
 * stack trace, because it is an expected response and not a fault.
 */
public final class Problem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** Bounds the response to content that is mostly faults. */
	private static final int MAX_LISTED = 100;

	private final transient ProblemType type;

	private final transient List<Violation> violations;

	private final transient HttpHeaders headers;

	private final transient Map<String, String> members;

	private Problem(ProblemType type, String detail, List<Violation> violations, HttpHeaders headers,
			Map<String, String> members, @Nullable Throwable cause) {
		super(detail, cause, false, false);
		this.type = type;
		this.violations = violations;
		this.headers = headers;
		this.members = members;
	}

	private Problem(ProblemType type, String detail, List<Violation> violations, HttpHeaders headers) {
		this(type, detail, violations, headers, Map.of(), null);
	}

	/**
	 * Create a problem.
	 * @param detail a sentence that tells the caller what is wrong and what to do
	 */
	public static Problem of(ProblemType type, String detail) {
		return new Problem(type, detail, List.of(), HttpHeaders.EMPTY);
	}

	/**
	 * Create the problem of a query parameter that is unknown or not valid: 400 naming
	 * it.
	 * @param detail what is wrong, to be read after the name of the parameter
	 */
	public static Problem invalidParameter(String name, String detail) {
		return invalidParameters(List.of(new Violation(null, name, detail)));
	}

	/**
	 * Create the problem of query parameters that are unknown or not valid: 400 naming
	 * them, or the first 100 of them.
	 */
	public static Problem invalidParameters(List<Violation> violations) {
		String detail = (violations.size() == 1)
				? "The parameter '" + violations.getFirst().parameter() + "' " + violations.getFirst().detail() + "."
				: violations.size() + " query parameters are not valid" + remark(violations) + ".";
		return new Problem(ProblemType.INVALID_PARAMETER, detail, listed(violations), HttpHeaders.EMPTY);
	}

	/**
	 * Create the problem of a member of the content that breaks a rule: 422 pointing to
	 * it.
	 * @param pointer a JSON pointer (RFC 6901) into the content
	 * @param detail what is wrong, to be read after the name of the member
	 */
	public static Problem invalidMember(String pointer, String detail) {
		return invalid(List.of(new Violation(pointer, null, detail)));
	}

	/**
	 * Create the problem of members of the content that break rules: 422 pointing to
	 * them, or to the first 100 of them.
	 */
	public static Problem invalid(List<Violation> violations) {
		return new Problem(ProblemType.INVALID, describe("", violations), listed(violations), HttpHeaders.EMPTY);
	}

	/**
	 * Create the same problem of content with so many faults that the search for them has
	 * ended early.
	 */
	static Problem invalidAtLeast(List<Violation> violations) {
		return new Problem(ProblemType.INVALID,
				describe("At least ", violations) + " There may be more faults, which the next request shows.",
				listed(violations), HttpHeaders.EMPTY);
	}

	private static String describe(String qualifier, List<Violation> violations) {
		return (violations.size() == 1)
				? "The member " + violations.getFirst().pointer() + " " + violations.getFirst().detail() + "."
				: qualifier + violations.size() + " members of the content are not valid" + remark(violations) + ".";
	}

	private static List<Violation> listed(List<Violation> violations) {
		return violations.stream().limit(MAX_LISTED).toList();
	}

	private static String remark(List<Violation> violations) {
		return (violations.size() > MAX_LISTED) ? "; the first " + MAX_LISTED + " are listed" : "";
	}

	/**
	 * Return this problem with the member of the content that is its cause.
	 * @param pointer a JSON pointer (RFC 6901) into the content
	 * @param memberDetail what is wrong, to be read after the name of the member
	 */
	public Problem at(String pointer, String memberDetail) {
		return with(List.of(new Violation(pointer, null, memberDetail)));
	}

	private Problem with(List<Violation> others) {
		return new Problem(this.type, detail(), others, this.headers, this.members, getCause());
	}

	/** Return this problem with a member of its type (RFC 9457, section 3.2). */
	public Problem withMember(String name, String value) {
		Map<String, String> extended = new LinkedHashMap<>(this.members);
		extended.put(name, value);
		return new Problem(this.type, detail(), this.violations, this.headers, extended, getCause());
	}

	/**
	 * Return this problem with what has caused it, which the log says and the client does
	 * not learn.
	 */
	public Problem causedBy(Throwable cause) {
		return new Problem(this.type, detail(), this.violations, this.headers, this.members, cause);
	}

	/** Return this problem with one more header in its response. */
	public Problem withHeader(String name, String value) {
		HttpHeaders extended = new HttpHeaders();
		extended.putAll(this.headers);
		extended.add(name, value);
		return new Problem(this.type, detail(), this.violations, extended, this.members, getCause());
	}

	/**
	 * Return this problem as one of a part of the content.
	 * @param pointer the JSON pointer to that part
	 */
	public Problem within(String pointer) {
		if (this.violations.isEmpty()) {
			return with(List.of(new Violation(pointer, null, "cannot be executed")));
		}
		List<Violation> nested = this.violations.stream()
			.map((violation) -> new Violation(pointer + violation.pointer(), violation.parameter(), violation.detail()))
			.toList();
		return (this.type == ProblemType.INVALID) ? invalid(nested) : with(nested);
	}

	public ProblemType type() {
		return this.type;
	}

	/** Return the sentence that says what is wrong with this request. */
	public String detail() {
		String message = getMessage();
		return (message != null) ? message : this.type.title();
	}

	/** Return each violation; empty if the detail says everything. */
	public List<Violation> violations() {
		return this.violations;
	}

	Map<String, String> members() {
		return this.members;
	}

	/** Return the headers that the response has because of this problem. */
	public HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * Return the content of the response.
	 * @param instance the path of the request
	 */
	public byte[] toJson(JsonMapper mapper, String instance, String requestId) {
		return mapper.writeValueAsBytes(ProblemBody.of(this, instance, requestId));
	}

	/**
	 * One violation in a request: of a member of the content or of a query parameter.
	 *
	 * @param pointer the JSON pointer to the member; null for a parameter
	 * @param parameter the name of the query parameter; null for a member
	 * @param detail what is wrong, to be read after the name of the member or parameter
	 */
	public record Violation(@Nullable String pointer, @Nullable String parameter, String detail) {
	}

}
