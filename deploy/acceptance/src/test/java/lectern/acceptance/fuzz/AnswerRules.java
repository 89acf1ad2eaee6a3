package lectern.acceptance.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import lectern.web.openapi.DocumentedAnswers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** What every answer keeps, whatever the request was. Thread-safe. */
public final class AnswerRules {

	private static final int MAX_CONTENT = 1 << 20;

	/** What only the inside of a service can have written; no request contains it. */
	private static final Pattern INTERNALS = Pattern
		.compile("Exception|\\tat |lectern\\.[a-z]+\\.|org\\.(spring|postgres)"
				+ "|java\\.(lang|util|io|net)|reactor\\.|io\\.(netty|r2dbc)|tools\\.jackson|(?i:select .{1,200} from |SQLSTATE)"
				+ "|\\[(object|class) ");

	/** Reasons in the state of a resource, for which any request can be refused. */
	private static final Set<Integer> STATE = Set.of(404, 409, 412, 428);

	/**
	 * Members that a schema allows, and that a book or a reading may not: editions that
	 * the catalog has not, pages without an edition.
	 */
	private static final Pattern STATE_MEMBER = Pattern
		.compile("(/commands/[0-9]+)?/(edition|page)|/editions/[0-9]+" + "|/gates/[0-9]+/(id|steps/[0-9]+/book)");

	/** Failed sign-ins, registrations, wrong keys and streams are limited. */
	private static final int LIMIT = 429;

	private final Set<String> problemTypes = ConcurrentHashMap.newKeySet();

	/** Return a sentence for each rule that an answer breaks; empty if there is none. */
	public List<String> faults(ApiCall call, RawAnswer answer) {
		List<String> faults = new ArrayList<>();
		if (answer.status() <= 0) {
			if (answer.isUnfinished()) {
				faults.add("The answer does not end");
			}
			else if (call.content().length <= MAX_CONTENT) {
				faults.add("There is no answer");
			}
			return faults;
		}
		if (!answer.headers().containsHeader("X-Request-Id")) {
			faults.add("The header X-Request-Id is missing");
		}
		if (answer.status() >= 500 && !isBusy(call, answer)) {
			faults.add("The status is " + answer.status());
		}
		if (answer.status() >= 400 && INTERNALS.matcher(answer.text()).find()) {
			faults.add("The answer shows internals");
		}
		if (answer.status() >= 400 && !call.method().equals("HEAD") && !isPageNotFound(call, answer)) {
			checkProblem(answer, faults);
		}
		checkDocumented(call, answer, faults);
		checkExpected(call, answer, faults);
		return faults;
	}

	/** Return the addresses of all problems so far. */
	public Set<String> problemTypes() {
		return new TreeSet<>(this.problemTypes);
	}

	/** People who ask for a page that is not there get a page. */
	private static boolean isPageNotFound(ApiCall call, RawAnswer answer) {
		MediaType type = answer.headers().getContentType();
		return answer.status() == 404 && !call.path().startsWith("/api/")
				&& MediaType.TEXT_HTML.equalsTypeAndSubtype(type);
	}

	/**
	 * Work that is limited, and reads that wait for a cursor, may be refused for a time.
	 */
	private static boolean isBusy(ApiCall call, RawAnswer answer) {
		boolean limited = call.query().stream().anyMatch((parameter) -> parameter.startsWith("seen="))
				|| call.path().matches("/api/v1/(imports|export|readers/[^/]*/(commands|import|export|replay))");
		return answer.status() == 503 && limited && answer.headers().containsHeader(HttpHeaders.RETRY_AFTER);
	}

	private void checkProblem(RawAnswer answer, List<String> faults) {
		String contentType = answer.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		if (!"application/problem+json".equals(contentType)) {
			faults.add("A problem has the media type " + contentType);
			return;
		}
		JsonNode problem = json(answer);
		String type = problem.path("type").asString("");
		if (!type.matches("/problems/[a-z-]+")) {
			faults.add("The type of the problem is " + type);
		}
		else {
			this.problemTypes.add(type);
		}
		if (problem.path("status").asInt(0) != answer.status()) {
			faults.add("The problem has the status " + problem.path("status"));
		}
		if (!problem.path("requestId").asString("").equals(answer.headers().getFirst("X-Request-Id"))) {
			faults.add("The problem has the request id " + problem.path("requestId"));
		}
		if (problem.path("title").asString("").isBlank() || problem.path("detail").asString("").isBlank()) {
			faults.add("The problem does not say what is wrong");
		}
		if (answer.status() == 405 && !answer.headers().containsHeader(HttpHeaders.ALLOW)) {
			faults.add("The header Allow is missing");
		}
	}

	private static JsonNode json(RawAnswer answer) {
		try {
			return JsonMapper.shared().readTree(answer.content());
		}
		catch (JacksonException _) {
			return JsonMapper.shared().createObjectNode();
		}
	}

	private static void checkDocumented(ApiCall call, RawAnswer answer, List<String> faults) {
		if (!call.method().equals(call.method().toUpperCase(Locale.ROOT))) {
			// Methods are case-sensitive, so this is none of a known operation.
			return;
		}
		String query = call.target().substring(call.path().length());
		String path = call.operation().map(ApiOperation::path).orElse(call.path()) + query;
		try {
			faults.addAll(DocumentedAnswers.checkedIn()
				.faults(call.method(), path, answer.status(), answer.headers(), answer.content()));
		}
		catch (IllegalArgumentException ex) {
			if (call.operation().isPresent()) {
				throw ex;
			}
			// The path cannot be decoded, so it is that of no operation.
		}
	}

	private static void checkExpected(ApiCall call, RawAnswer answer, List<String> faults) {
		Expected expected = call.expected();
		boolean refused = answer.status() >= 400;
		if (expected.outcome() == Expected.Outcome.EITHER || isRefusedByState(call, answer)) {
			return;
		}
		if (expected.outcome() == Expected.Outcome.ACCEPTED) {
			if (refused) {
				faults.add("A valid request is refused");
			}
		}
		else if (!refused) {
			faults.add("A request with a fault is accepted");
		}
		else if (!expected.statuses().contains(answer.status())) {
			faults.add("The status is not one of " + expected.statuses());
		}
		else {
			checkErrors(expected, answer, faults);
		}
	}

	/** One fault is told once, and where it is. */
	private static void checkErrors(Expected expected, RawAnswer answer, List<String> faults) {
		// A content may have a member that only the state forbids, which is told, too.
		List<JsonNode> errors = json(answer).path("errors")
			.valueStream()
			.filter((error) -> !isOfState(error) || isAbout(error, String.valueOf(expected.pointer())))
			.toList();
		if (!expected.parameter().isEmpty() && (errors.size() != 1
				|| !errors.getFirst().path("parameter").asString("").equals(expected.parameter()))) {
			faults.add("The errors do not name the parameter " + expected.parameter() + " alone");
		}
		String pointer = expected.pointer();
		if (pointer != null && (errors.isEmpty()
				|| !errors.stream().allMatch((error) -> error.path("pointer").asString("-").startsWith(pointer)))) {
			faults.add("The errors do not name the member " + pointer + " alone");
		}
	}

	/** About the member, or a part of it, or the object whose kind the member says. */
	private static boolean isAbout(JsonNode error, String pointer) {
		String named = error.path("pointer").asString("-");
		return named.startsWith(pointer) || pointer.equals(named + "/type");
	}

	private static boolean isRefusedByState(ApiCall call, RawAnswer answer) {
		ApiOperation operation = call.operation().orElseThrow();
		String type = json(answer).path("type").asString("").replace("/problems/", "");
		int status = answer.status();
		return STATE.contains(status) && (operation.declares(status)) || status == LIMIT && operation.declares(LIMIT)
				|| status == 503 && isBusy(call, answer) || status == 401 && isOfExpendableAccount(call)
				|| call.expected().pointer() == null && isRefusedByMember(answer)
				|| Set.of("idempotency-key-reused", "sign-in-refused", "current-password-refused").contains(type);
	}

	private static boolean isRefusedByMember(RawAnswer answer) {
		List<JsonNode> errors = json(answer).path("errors").valueStream().toList();
		return !errors.isEmpty() && errors.stream().allMatch(AnswerRules::isOfState);
	}

	private static boolean isOfState(JsonNode error) {
		return STATE_MEMBER.matcher(error.path("pointer").asString("")).matches();
	}

	/** Such an account may be erased or signed out by another request. */
	private static boolean isOfExpendableAccount(ApiCall call) {
		return call.headers().getOrDefault("Authorization", "").startsWith("Bearer {expendable");
	}

}
