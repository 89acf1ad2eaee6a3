package lectern.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Signals that a request cannot be served, with everything its answer will say. It
 * carries no stack trace: it is an answer, not a fault.
 */
public final class Problem extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient ProblemType type;

	private final transient List<Violation> violations;

	private final transient HttpHeaders headers;

	private Problem(ProblemType type, String detail, List<Violation> violations, HttpHeaders headers) {
		super(detail, null, false, false);
		this.type = type;
		this.violations = violations;
		this.headers = headers;
	}

	/** A problem of the given type; the detail is a sentence for the caller to read. */
	public static Problem of(ProblemType type, String detail) {
		return new Problem(type, detail, List.of(), HttpHeaders.EMPTY);
	}

	/**
	 * A query parameter that is unknown, out of range or unreadable: 400 naming it.
	 */
	public static Problem invalidParameter(String name, String detail) {
		return new Problem(ProblemType.INVALID_PARAMETER, "The parameter '" + name + "' " + detail + ".",
				List.of(new Violation(null, name, detail)), HttpHeaders.EMPTY);
	}

	/**
	 * A member of the content that breaks a rule: 422 pointing at it.
	 * @param pointer a JSON pointer (RFC 6901) into the content
	 */
	public static Problem invalidMember(String pointer, String detail) {
		return invalid(List.of(new Violation(pointer, null, detail)));
	}

	/** Several members of the content that break a rule each: 422 pointing at them. */
	public static Problem invalid(List<Violation> violations) {
		String detail = (violations.size() == 1)
				? "The member " + violations.getFirst().pointer() + " " + violations.getFirst().detail() + "."
				: violations.size() + " members of the content are not valid.";
		return new Problem(ProblemType.INVALID, detail, List.copyOf(violations), HttpHeaders.EMPTY);
	}

	/** The same problem with one more header in its answer. */
	public Problem withHeader(String name, String value) {
		HttpHeaders extended = new HttpHeaders();
		extended.putAll(this.headers);
		extended.add(name, value);
		return new Problem(this.type, detail(), this.violations, extended);
	}

	/**
	 * The same problem, met in a part of the content.
	 * @param pointer to that part, as a JSON pointer
	 */
	public Problem within(String pointer) {
		if (this.violations.isEmpty()) {
			return new Problem(this.type, detail(), List.of(new Violation(pointer, null, "cannot be executed")),
					this.headers);
		}
		List<Violation> moved = this.violations.stream()
			.map((violation) -> new Violation(pointer + violation.pointer(), violation.parameter(), violation.detail()))
			.toList();
		return invalid(moved);
	}

	public ProblemType type() {
		return this.type;
	}

	/** What happened this time, in a sentence. */
	public String detail() {
		String message = getMessage();
		return (message != null) ? message : this.type.title();
	}

	/** What is wrong, one by one; empty where there is no more to say than the detail. */
	public List<Violation> violations() {
		return this.violations;
	}

	HttpHeaders headers() {
		return this.headers;
	}

	/**
	 * One thing wrong with a request.
	 *
	 * @param pointer the member of the content, as a JSON pointer, if it is one
	 * @param parameter the query parameter, if it is one
	 * @param detail what is wrong, to be read after the name of the member
	 */
	public record Violation(@Nullable String pointer, @Nullable String parameter, String detail) {
	}

}
