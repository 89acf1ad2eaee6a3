package lectern.progress.command;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import lectern.progress.account.ProgressFixture;
import lectern.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Paths over HTTP: joined, walked, waived and left, each test by a reader of its own. */
class PathMembershipIntegrationTests {

	private static final JsonMapper MAPPER = new JsonMapper();

	/** Basics needs both books, practice any two of three, once basics is settled. */
	private static final String GATES = """
			[{"id":"basics","title":"Basics","needs":[],"rule":{"type":"all"},
			"steps":[{"book":"python","note":"Slowly"},{"book":"git"}]},
			{"id":"practice","title":"Practice","needs":["basics"],"rule":{"type":"any","count":2},
			"steps":[{"book":"tdd"},{"book":"ddd"},{"book":"sicp"}]}]""";

	private static ProgressFixture progress;

	private static int readers;

	private String reader = "";

	private WebTestClient client;

	private String path = "";

	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		for (String book : List.of("python", "git", "tdd", "ddd", "sicp")) {
			progress.catalog().putBook(book, "Book " + book, "Somebody");
		}
		progress.catalog().putPath("architect", 1, GATES);
		progress.awaitTrue("select count(*) = 1 from path_replica");
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@BeforeEach
	void newReader() {
		this.reader = "reader-" + ++readers;
		this.client = progress.clientOf(this.reader);
		this.path = "/api/v1/readers/" + this.reader + "/paths/architect";
	}

	@Test
	void joinedPathIsReturnedByGet() {
		EntityExchangeResult<byte[]> joined = send(HttpMethod.PUT, this.path, null, null);
		JsonNode document = assertSuccess(joined, 201);
		assertThat(joined.getResponseHeaders().getLocation()).hasToString(this.path);
		assertThat(document.path("id").stringValue()).isEqualTo("architect");
		assertThat(document.path("title").stringValue()).isEqualTo("Path architect");
		assertThat(document.path("status").stringValue()).isEqualTo("joined");
		assertThat(document.path("gates").get(1)).isEqualTo(MAPPER.readTree("""
				{"id":"practice","title":"Practice","state":"closed","needs":["basics"],
				"rule":{"type":"any","count":2},"steps":[{"book":"tdd","finished":false},
				{"book":"ddd","finished":false},{"book":"sicp","finished":false}]}"""));
		EntityExchangeResult<byte[]> shown = send(HttpMethod.GET,
				this.path + "?seen=" + joined.getResponseHeaders().getFirst("Cursor"), null, null);
		assertThat(assertSuccess(shown, 200)).isEqualTo(document);
		assertThat(shown.getResponseHeaders().getETag()).isEqualTo(joined.getResponseHeaders().getETag());
		assertThat(document.path("version").asString()).isEqualTo(entityTag(joined).replace("\"", ""));
	}

	@Test
	void duplicateWaiveIsReplayedAfterPathWasLeft() {
		assertSuccess(send(HttpMethod.PUT, this.path, null, null), 201);
		WebTestClient keyed = this.client.mutate().defaultHeader(IdempotencyKey.HEADER, "a-waiver").build();
		EntityExchangeResult<byte[]> first = send(keyed, HttpMethod.POST, this.path + "/gates/basics/waive", "{}",
				null);
		assertThat(send(HttpMethod.DELETE, this.path, null, "*").getStatus().value()).isEqualTo(204);
		EntityExchangeResult<byte[]> again = send(keyed, HttpMethod.POST, this.path + "/gates/basics/waive", null,
				null);
		assertThat(assertSuccess(again, 200)).isEqualTo(assertSuccess(first, 200));
		assertThat(again.getResponseHeaders().getFirst(IdempotencyKey.REPLAYED)).isEqualTo("true");
	}

	static Stream<String> unknownPaths() {
		return Stream.of("no-such-path", "'", "Architect", "a%3Ab", "x".repeat(5_000));
	}

	@ParameterizedTest
	@MethodSource("unknownPaths")
	void rejectsJoiningUnknownPath(String id) {
		long before = eventCount();
		String address = this.path.replace("architect", id);
		assertProblem(send(HttpMethod.PUT, address, null, null), 409, "unknown-path");
		assertProblem(send(HttpMethod.GET, address, null, null), 404, "not-found");
		assertProblem(send(HttpMethod.DELETE, address, null, "*"), 404, "not-found");
		assertProblem(send(HttpMethod.POST, address + "/gates/basics/waive", null, null), 404, "not-found");
		assertThat(eventCount()).isEqualTo(before);
	}

	@Test
	void joiningPassesGatesOfFinishedBooks() {
		finish("python");
		finish("git");
		finish("sicp");
		JsonNode document = assertSuccess(send(HttpMethod.PUT, this.path, null, null), 201);
		assertThat(states(document)).isEqualTo("passed open");
		assertThat(document.path("gates").get(1).path("steps").get(2).path("finished").booleanValue()).isTrue();
	}

	@Test
	void passedGateStaysPassedAfterReopen() {
		join();
		finish("python");
		String reading = finish("git");
		awaitStates("passed open");
		assertSuccess(send(HttpMethod.POST, reading + "/reopen", null, null), 200);
		JsonNode document = assertSuccess(send(HttpMethod.GET, this.path, null, null), 200);
		assertThat(states(document)).isEqualTo("passed open");
		assertThat(document.path("gates").get(0).path("steps").get(1).path("finished").booleanValue()).isFalse();
		start("python");
		assertThat(states(assertSuccess(send(HttpMethod.GET, this.path, null, null), 200))).isEqualTo("passed open");
	}

	@Test
	void finishedStepChangesEntityTag() {
		String before = entityTag(join());
		finish("python");
		String finished = entityTag(send(HttpMethod.GET, this.path, null, null));
		assertThat(finished).isNotEqualTo(before);
		assertProblem(send(HttpMethod.DELETE, this.path, null, before), 412, "precondition-failed");
	}

	@Test
	void relaxedPathPassesGatesAndStricterPathClosesNone() {
		String changing = this.path.replace("architect", "changing");
		progress.catalog().putPath("changing", 1, GATES);
		progress.awaitTrue("select count(*) = 1 from path_replica where id = 'changing'");
		this.path = changing;
		join();
		finish("python");
		progress.catalog()
			.putPath("changing", 2, GATES.replace("{\"type\":\"all\"}", "{\"type\":\"any\",\"count\":1}"));
		awaitStates("passed open");
		progress.catalog()
			.putPath("changing", 3, GATES.replace("{\"book\":\"git\"}", "{\"book\":\"git\"},{\"book\":\"tdd\"}"));
		progress.awaitTrue("select document->>'version' = '3' from path_replica where id = 'changing'");
		progress.awaitTrue("select count(*) = 0 from changed_path");
		assertThat(states(assertSuccess(send(HttpMethod.GET, this.path, null, null), 200))).isEqualTo("passed open");
	}

	@Test
	void removedPathCannotBeJoinedButStaysUsableForMembers() {
		String removed = this.path.replace("architect", "removed");
		progress.catalog().putPath("removed", 1, GATES);
		progress.awaitTrue("select count(*) = 1 from path_replica where id = 'removed'");
		this.path = removed;
		join();
		progress.catalog().removePath("removed");
		progress.awaitTrue("select removed from path_replica where id = 'removed'");
		finish("python");
		finish("git");
		awaitStates("passed open");
		WebTestClient other = progress.clientOf("reader-" + ++readers);
		assertProblem(send(other, HttpMethod.PUT, removed.replace(this.reader, "reader-" + readers), null, null), 409,
				"unknown-path");
		assertThat(send(HttpMethod.DELETE, this.path, null, "*").getStatus().value()).isEqualTo(204);
		assertProblem(send(HttpMethod.PUT, this.path, null, null), 409, "unknown-path");
		progress.catalog().putPath("removed", 3, GATES);
		progress.awaitTrue("select not removed from path_replica where id = 'removed'");
		join();
	}

	@Test
	void joiningTwiceRequiresIfMatch() {
		String tag = entityTag(join());
		long before = eventCount();
		assertProblem(send(HttpMethod.PUT, this.path, null, null), 428, "precondition-required");
		assertProblem(send(HttpMethod.PUT, this.path, null, "\"99\""), 412, "precondition-failed");
		assertThat(entityTag(send(HttpMethod.PUT, this.path, null, "\"99\""))).isEqualTo(tag);
		EntityExchangeResult<byte[]> again = send(HttpMethod.PUT, this.path, null, tag);
		assertThat(assertSuccess(again, 200)).isEqualTo(assertSuccess(send(HttpMethod.PUT, this.path, null, "*"), 200));
		assertThat(entityTag(again)).isEqualTo(tag);
		assertThat(eventCount()).isEqualTo(before);
	}

	@Test
	void rejectsIfMatchWhenNotJoined() {
		assertProblem(send(HttpMethod.PUT, this.path, null, "*"), 412, "precondition-failed");
		assertProblem(send(HttpMethod.GET, this.path, null, null), 404, "not-found");
	}

	@Test
	void joinAcceptsDocumentReturnedByGet() {
		String shown = text(join());
		assertSuccess(send(HttpMethod.PUT, this.path, shown, "*"), 200);
	}

	@Test
	void waivedGateOpensAndPassesOthers() {
		finish("tdd");
		finish("ddd");
		join();
		EntityExchangeResult<byte[]> waived = send(HttpMethod.POST, this.path + "/gates/basics/waive", "{}", null);
		assertThat(states(assertSuccess(waived, 200))).isEqualTo("waived passed");
		EntityExchangeResult<byte[]> again = send(HttpMethod.POST, this.path + "/gates/basics/waive", null,
				entityTag(waived));
		assertThat(assertSuccess(again, 200)).isEqualTo(assertSuccess(waived, 200));
		assertThat(entityTag(again)).isEqualTo(entityTag(waived));
	}

	@Test
	void rejectsInvalidWaive() {
		assertProblem(send(HttpMethod.POST, this.path + "/gates/basics/waive", null, null), 404, "not-found");
		join();
		long before = eventCount();
		for (String gate : List.of("no-such-gate", "'", "Basics", "x".repeat(5_000))) {
			assertProblem(send(HttpMethod.POST, this.path + "/gates/" + gate + "/waive", null, null), 404, "not-found");
		}
		assertProblem(send(HttpMethod.POST, this.path + "/gates/basics/waive", null, "\"99\""), 412,
				"precondition-failed");
		assertThat(eventCount()).isEqualTo(before);
	}

	@Test
	void passedGatesSurviveLeavingAndRejoining() {
		finish("python");
		finish("git");
		String tag = entityTag(join());
		assertProblem(send(HttpMethod.DELETE, this.path, null, null), 428, "precondition-required");
		assertProblem(send(HttpMethod.DELETE, this.path, null, "\"99\""), 412, "precondition-failed");
		EntityExchangeResult<byte[]> left = send(HttpMethod.DELETE, this.path, null, tag);
		assertThat(left.getStatus().value()).isEqualTo(204);
		assertThat(left.getResponseHeaders().getFirst("Cursor")).isNotNull();
		assertProblem(send(HttpMethod.GET, this.path, null, null), 404, "not-found");
		assertProblem(send(HttpMethod.DELETE, this.path, null, "*"), 404, "not-found");
		assertProblem(send(HttpMethod.POST, this.path + "/gates/practice/waive", null, null), 404, "not-found");
		EntityExchangeResult<byte[]> joined = join();
		assertThat(states(assertSuccess(joined, 201))).isEqualTo("passed open");
		assertThat(entityTag(joined)).isNotEqualTo(tag);
	}

	@Test
	void leftPathPassesNoGates() {
		join();
		send(HttpMethod.DELETE, this.path, null, "*");
		finish("python");
		finish("git");
		progress.awaitTrue("""
				select position >= (select max(position) from event where type = 'reading-finished')
				from projection where name = 'path-membership'
				""");
		assertThat(storedEventTypes()).containsExactly("path-joined", "path-left");
	}

	@Test
	void otherReadersPathIsForbiddenAndAnonymousIsUnauthenticated() {
		join();
		WebTestClient eve = progress.clientOf("eve");
		for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE)) {
			assertProblem(send(eve, method, this.path, null, "*"), 403, "forbidden");
			assertProblem(send(progress.anonymousClient(), method, this.path, null, "*"), 401, "unauthenticated");
		}
		assertProblem(send(eve, HttpMethod.POST, this.path + "/gates/basics/waive", null, null), 403, "forbidden");
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
		long before = eventCount();
		assertProblem(send(HttpMethod.PUT, this.path, content, null), status, problem);
		assertProblem(send(HttpMethod.POST, this.path + "/gates/basics/waive", content, null), status, problem);
		assertThat(eventCount()).isEqualTo(before);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"0\"", "W/\"1\"", "1", "nonsense" })
	void rejectsStaleIfMatch(String stale) {
		join();
		long before = eventCount();
		for (EntityExchangeResult<byte[]> answer : List.of(send(HttpMethod.PUT, this.path, null, stale),
				send(HttpMethod.DELETE, this.path, null, stale),
				send(HttpMethod.POST, this.path + "/gates/basics/waive", null, stale))) {
			assertProblem(answer, 412, "precondition-failed");
			assertThat(answer.getResponseHeaders().getETag()).isNotNull();
		}
		assertThat(eventCount()).isEqualTo(before);
	}

	@Test
	void rejectsWaiveWithKeyOfAnotherCommand() {
		join();
		WebTestClient keyed = this.client.mutate().defaultHeader(IdempotencyKey.HEADER, "of-one-waiver").build();
		assertSuccess(send(keyed, HttpMethod.POST, this.path + "/gates/basics/waive", null, null), 200);
		long before = eventCount();
		assertProblem(send(keyed, HttpMethod.POST, this.path + "/gates/practice/waive", null, null), 422,
				"idempotency-key-reused");
		assertProblem(send(keyed, HttpMethod.POST, "/api/v1/readers/" + this.reader + "/readings", "{\"book\":\"git\"}",
				null), 422, "idempotency-key-reused");
		assertThat(eventCount()).isEqualTo(before);
	}

	/** What is read stays what it is: the book only cannot be found any more. */
	@Test
	void removedBookStillPassesItsGate() {
		join();
		String python = start("python");
		String git = start("git");
		progress.catalog().removeBook("git");
		progress.awaitTrue("select cursor = '" + progress.catalog().cursor() + "' from catalog_cursor");
		assertSuccess(send(HttpMethod.POST, python + "/finish", null, null), 200);
		assertSuccess(send(HttpMethod.POST, git + "/finish", null, null), 200);
		awaitStates("passed open");
		progress.catalog().putBook("git", "Book git", "Somebody");
		progress.awaitTrue("select cursor = '" + progress.catalog().cursor() + "' from catalog_cursor");
	}

	@ParameterizedTest
	@ValueSource(strings = { "seen=nonsense", "seen=otherepoch1-1", "q=x", "seen=a&seen=b" })
	void rejectsInvalidParameterByName(String query) {
		assertProblem(send(HttpMethod.GET, this.path + "?" + query, null, null), 400, "invalid-parameter");
	}

	@Test
	void rejectsUnsupportedMethodAndMediaType() {
		assertProblem(send(HttpMethod.PATCH, this.path, "{}", null), 405, "method-not-allowed");
		assertProblem(send(HttpMethod.GET, this.path + "/gates/basics/waive", null, null), 405, "method-not-allowed");
		assertProblem(this.client.put()
			.uri(uri(this.path))
			.contentType(MediaType.TEXT_PLAIN)
			.bodyValue("x")
			.exchange()
			.expectBody()
			.returnResult(), 415, "unsupported-media-type");
	}

	private EntityExchangeResult<byte[]> join() {
		EntityExchangeResult<byte[]> joined = send(HttpMethod.PUT, this.path, null, null);
		assertSuccess(joined, 201);
		return joined;
	}

	/** The address of a reading of the book. */
	private String start(String book) {
		String readings = "/api/v1/readers/" + this.reader + "/readings";
		String id = UUID.randomUUID().toString();
		assertSuccess(send(HttpMethod.POST, readings, "{\"book\":\"" + book + "\",\"id\":\"" + id + "\"}", null), 201);
		return readings + "/" + id;
	}

	private String finish(String book) {
		String reading = start(book);
		assertSuccess(send(HttpMethod.POST, reading + "/finish", null, null), 200);
		return reading;
	}

	/** Gates pass a moment after what passes them. */
	private void awaitStates(String states) {
		String shown = Mono.fromSupplier(() -> states(assertSuccess(send(HttpMethod.GET, this.path, null, null), 200)))
			.subscribeOn(Schedulers.boundedElastic())
			.filter(states::equals)
			.repeatWhenEmpty((empty) -> empty.delayElements(Duration.ofMillis(20)))
			.block(HANG_LIMIT);
		assertThat(shown).isEqualTo(states);
	}

	private static String states(JsonNode document) {
		return String.join(" ",
				document.path("gates").valueStream().map((gate) -> gate.path("state").stringValue()).toList());
	}

	private EntityExchangeResult<byte[]> send(HttpMethod method, String address, @Nullable String content,
			@Nullable String ifMatch) {
		return send(this.client, method, address, content, ifMatch);
	}

	private static EntityExchangeResult<byte[]> send(WebTestClient client, HttpMethod method, String address,
			@Nullable String content, @Nullable String ifMatch) {
		WebTestClient.RequestBodySpec request = client.method(method).uri(uri(address));
		if (ifMatch != null) {
			request.header(HttpHeaders.IF_MATCH, ifMatch);
		}
		if (content != null) {
			request.contentType(MediaType.APPLICATION_JSON).bodyValue(content);
		}
		return request.exchange().expectBody().returnResult();
	}

	/** Not encoded any further. */
	private static URI uri(String address) {
		return URI.create("http://127.0.0.1:" + progress.port() + address);
	}

	private static JsonNode assertSuccess(EntityExchangeResult<byte[]> answer, int status) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(answer.getResponseHeaders().getFirst("Cursor")).isNotNull();
		return MAPPER.readTree(text(answer));
	}

	private static void assertProblem(EntityExchangeResult<byte[]> answer, int status, String problem) {
		assertThat(answer.getStatus().value()).as(text(answer)).isEqualTo(status);
		assertThat(text(answer)).contains("\"/problems/" + problem + "\"");
	}

	private static String entityTag(EntityExchangeResult<byte[]> answer) {
		return Objects.requireNonNull(answer.getResponseHeaders().getETag());
	}

	private static String text(EntityExchangeResult<byte[]> answer) {
		byte[] body = answer.getResponseBody();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : "";
	}

	private List<String> storedEventTypes() {
		return Objects.requireNonNull(progress.database()
			.sql("select type from event where stream = 'path:' || :reader || ':architect' order by version")
			.bind("reader", this.reader)
			.map((row) -> Objects.requireNonNull(row.get("type", String.class)))
			.all()
			.collectList()
			.block(HANG_LIMIT));
	}

	private static long eventCount() {
		return Objects.requireNonNull(progress.database()
			.sql("select count(*) from event")
			.map((row) -> row.get(0, Long.class))
			.one()
			.block(HANG_LIMIT));
	}

}
