package lectern.progress.command;

import java.util.List;
import java.util.stream.Stream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Joining and leaving paths over HTTP. */
class PathMembershipIntegrationTests {

	private static final String PATH = "/paths/architect";

	private static final String WAIVE = PATH + "/gates/basics/waive";

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.newReader();

	@BeforeAll
	static void addPath() {
		PROGRESS.catalog().putPath("architect", 1, GateIntegrationTests.GATES);
		PROGRESS.awaitCatalog();
	}

	@Test
	void joinedPathIsReturnedByGet() {
		TestApiResponse joined = this.reader.put(PATH)
			.assertStatus(201)
			.assertHeader("Location", this.reader.path() + PATH)
			.assertMember("/id", "architect")
			.assertMember("/title", "Path architect")
			.assertMember("/status", "joined");
		assertThat(joined.at("/gates/1")).hasToString("""
				{"id":"practice","title":"Practice","state":"closed","needs":["basics"],\
				"rule":{"type":"any","count":2},"steps":[{"book":"tdd","finished":false},\
				{"book":"ddd","finished":false},{"book":"sicp","finished":false}]}""");
		joined.assertVersion(joined.at("/version").longValue());
		TestApiResponse returned = this.reader.get(PATH + "?seen=" + joined.cursor())
			.assertStatus(200)
			.assertCursor()
			.assertHeader("ETag", joined.etag());
		assertThat(returned.json()).isEqualTo(joined.json());
	}

	static Stream<String> unknownPaths() {
		return Stream.of("no-such-path", "'", "Architect", "a%3Ab", "x".repeat(5_000));
	}

	@ParameterizedTest
	@MethodSource("unknownPaths")
	void rejectsJoiningUnknownPath(String id) {
		String path = "/paths/" + id;
		this.reader.put(path).assertProblem(409, "unknown-path");
		this.reader.get(path).assertProblem(404, "not-found");
		this.reader.ifMatch("*").delete(path).assertProblem(404, "not-found");
		this.reader.post(path + "/gates/basics/waive").assertProblem(404, "not-found");
		assertThat(this.reader.eventCount()).isZero();
	}

	@Test
	void removedPathCannotBeJoinedButStaysUsableForMembers() {
		String removed = "/paths/removed";
		PROGRESS.catalog().putPath("removed", 1, GateIntegrationTests.GATES);
		PROGRESS.awaitCatalog();
		this.reader.put(removed).assertStatus(201);
		PROGRESS.catalog().removePath("removed");
		PROGRESS.awaitCatalog();
		this.reader.post(removed + "/gates/basics/waive").assertStatus(200);
		this.reader.get(removed).assertStatus(200).assertMember("/gates/0/state", "waived");
		PROGRESS.newReader().put(removed).assertProblem(409, "unknown-path");
		this.reader.ifMatch("*").delete(removed).assertStatus(204);
		this.reader.put(removed).assertProblem(409, "unknown-path");
		PROGRESS.catalog().putPath("removed", 3, GateIntegrationTests.GATES);
		PROGRESS.awaitCatalog();
		this.reader.put(removed).assertStatus(201);
	}

	@Test
	void joiningTwiceRequiresIfMatch() {
		TestApiResponse joined = this.reader.put(PATH).assertStatus(201);
		this.reader.put(PATH).assertProblem(428, "precondition-required");
		this.reader.ifMatch("\"99\"")
			.put(PATH)
			.assertProblem(412, "precondition-failed")
			.assertHeader("ETag", joined.etag());
		TestApiResponse again = this.reader.ifMatch(joined.etag())
			.put(PATH)
			.assertStatus(200)
			.assertCursor()
			.assertHeader("ETag", joined.etag());
		assertThat(this.reader.ifMatch("*").put(PATH).assertStatus(200).json()).isEqualTo(again.json());
		assertThat(this.reader.eventCount()).isOne();
	}

	@Test
	void rejectsIfMatchWhenNotJoined() {
		this.reader.ifMatch("*").put(PATH).assertProblem(412, "precondition-failed");
		this.reader.get(PATH).assertProblem(404, "not-found");
	}

	@Test
	void joinAcceptsDocumentReturnedByGet() {
		String document = this.reader.put(PATH).assertStatus(201).text();
		this.reader.ifMatch("*").put(PATH, document).assertStatus(200).assertCursor();
	}

	@Test
	void leavingRequiresIfMatch() {
		String tag = this.reader.put(PATH).assertStatus(201).etag();
		this.reader.delete(PATH).assertProblem(428, "precondition-required");
		this.reader.ifMatch("\"99\"").delete(PATH).assertProblem(412, "precondition-failed");
		this.reader.ifMatch(tag).delete(PATH).assertStatus(204).assertCursor();
		this.reader.get(PATH).assertProblem(404, "not-found");
		this.reader.ifMatch("*").delete(PATH).assertProblem(404, "not-found");
		this.reader.post(PATH + "/gates/practice/waive").assertProblem(404, "not-found");
	}

	@Test
	void otherReadersPathIsForbiddenAndAnonymousIsUnauthenticated() {
		this.reader.put(PATH).assertStatus(201);
		TestApiClient other = PROGRESS.newReader().client().ifMatch("*");
		TestApiClient anonymous = PROGRESS.anonymous().ifMatch("*");
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)) {
			send(other, method, PATH).assertProblem(403, "forbidden");
			send(anonymous, method, PATH).assertProblem(401, "unauthenticated");
		}
		send(other, HttpMethod.POST, WAIVE).assertProblem(403, "forbidden");
	}

	private TestApiResponse send(TestApiClient client, HttpMethod method, String path) {
		return client.send(method, this.reader.path() + path).blockOptional(HANG_LIMIT).orElseThrow();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"x":1}              | 422 | invalid
			{"joined":true}      | 422 | invalid
			{"x":null}           | 422 | invalid
			[]                   | 400 | malformed
			7                    | 400 | malformed
			"architect"          | 400 | malformed
			{                    | 400 | malformed
			nonsense             | 400 | malformed
			""")
	void rejectsUnknownMemberAndMalformedBody(String content, int status, String problem) {
		this.reader.put(PATH, content).assertProblem(status, problem);
		this.reader.post(WAIVE, content).assertProblem(status, problem);
		assertThat(this.reader.eventCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"0\"", "W/\"1\"", "1", "nonsense" })
	void rejectsStaleIfMatch(String stale) {
		String current = this.reader.put(PATH).assertStatus(201).etag();
		TestReader withStale = this.reader.ifMatch(stale);
		for (TestApiResponse response : List.of(withStale.put(PATH), withStale.delete(PATH), withStale.post(WAIVE))) {
			response.assertProblem(412, "precondition-failed").assertHeader("ETag", current);
		}
		assertThat(this.reader.eventCount()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "seen=nonsense", "seen=otherepoch1-1", "q=x", "seen=a&seen=b" })
	void rejectsInvalidParameterByName(String query) {
		this.reader.get(PATH + "?" + query).assertInvalidParameter(query.substring(0, query.indexOf('=')));
	}

	@Test
	void rejectsUnsupportedMethodAndMediaType() {
		this.reader.client().patch(this.reader.path() + PATH, "{}").assertProblem(405, "method-not-allowed");
		this.reader.get(WAIVE).assertProblem(405, "method-not-allowed");
		this.reader.client()
			.contentType("text/plain")
			.put(this.reader.path() + PATH, "x")
			.assertProblem(415, "unsupported-media-type");
	}

}
