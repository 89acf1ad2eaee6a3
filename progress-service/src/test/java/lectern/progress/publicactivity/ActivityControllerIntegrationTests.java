package lectern.progress.publicactivity;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import lectern.progress.account.ProgressFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Activity over HTTP, as anybody sees it. */
class ActivityControllerIntegrationTests {

	private static final String ACTIVITY = "/api/v1/activity";

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static ProgressFixture progress;

	/** Seven start to read in one minute, three another book, and five in the next. */
	@BeforeAll
	static void start() {
		progress = new ProgressFixture();
		progress.token("ada");
		insertEvents(1, 7, "crowded", NOON);
		insertEvents(8, 3, "quiet", NOON);
		insertEvents(11, 5, "other", NOON.plusSeconds(60));
		insertEvents(16, 1, "quiet", NOON.plusSeconds(120));
		progress.awaitTrue("select count(*) = 2 from activity");
	}

	private static void insertEvents(int first, int many, String book, Instant at) {
		progress.database()
			.sql("""
					with added as (
					    insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
					    select n, '00000000-0000-4000-8000-' || lpad(n::text, 12, '0'), 1, 'reader-' || n,
					           'reading-started', :book, :at, :at,
					           jsonb_build_object('reader', 'reader-' || n, 'occurredAt', '2026-03-01T12:00:00Z',
					               'book', jsonb_build_object('id', :book, 'title', 'A', 'authors', jsonb_build_array('B')))
					    from generate_series(:first, :last) as n returning position)
					update log_head set position = (select max(position) from added), received_at = :at
					""")
			.bind("book", book)
			.bind("at", at.atOffset(ZoneOffset.UTC))
			.bind("first", first)
			.bind("last", first + many - 1)
			.then()
			.block(HANG_LIMIT);
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void publicActivityIsListedNewestFirst() {
		get("").expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "public, max-age=0, s-maxage=5")
			.expectHeader()
			.valueMatches("Cursor", "[a-z0-9]{12}-[a-z0-9]+")
			.expectBody()
			.json("""
					{"items":[{"minute":"2026-03-01T12:01:00Z","book":"other","readers":5},
					          {"minute":"2026-03-01T12:00:00Z","book":"crowded","readers":5}]}
					""");
	}

	/** A token changes nothing but who may keep the answer. */
	@Test
	void authenticatedResponseIsNotCachedPublicly() {
		progress.clientOf("ada")
			.get()
			.uri(ACTIVITY)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.CACHE_CONTROL, "private, no-store");
	}

	@Test
	void headRequestReturnsHeadersOnly() {
		progress.anonymousClient()
			.head()
			.uri(ACTIVITY)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.exists("Cursor")
			.expectBody()
			.isEmpty();
	}

	@Test
	void matchingEntityTagIsNotModified() {
		String now = entityTag("");
		for (String query : List.of("", "?book=crowded", "?limit=1")) {
			assertThat(entityTag(query)).isEqualTo(now);
			progress.anonymousClient()
				.get()
				.uri(ACTIVITY + query)
				.header(HttpHeaders.IF_NONE_MATCH, now)
				.exchange()
				.expectStatus()
				.isNotModified()
				.expectHeader()
				.valueEquals(HttpHeaders.ETAG, now)
				.expectHeader()
				.valueEquals(HttpHeaders.CACHE_CONTROL, "public, max-age=0, s-maxage=5")
				.expectBody()
				.isEmpty();
		}
		assertThat(entityTag("?asOf=2026-03-01T12:01:30Z")).isNotEqualTo(now);
		progress.anonymousClient()
			.get()
			.uri(ACTIVITY + "?asOf=2026-03-01T12:01:30Z")
			.header(HttpHeaders.IF_NONE_MATCH, now)
			.exchange()
			.expectStatus()
			.isOk();
	}

	private static String entityTag(String query) {
		return Objects.requireNonNull(get(query).expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseHeaders()
			.getFirst(HttpHeaders.ETAG));
	}

	@Test
	void responseContainsNoReaderIdentity() {
		for (String query : List.of("", "?book=crowded", "?book=quiet", "?limit=1")) {
			assertThat(text(get(query))).doesNotContain("reader-", "00000000-0000-4000");
		}
	}

	@Test
	void bookBelowThresholdLooksLikeUnknownBook() {
		assertThat(text(get("?book=quiet"))).isEqualTo("{\"items\":[]}");
		assertThat(text(get("?book=quiet"))).isEqualTo(text(get("?book=no-such-book")));
	}

	@Test
	void pagingReturnsEachItemOnce() {
		String first = text(get("?limit=1"));
		String next = first.replaceFirst(".*\"next\":\"([^\"]+)\".*", "$1");
		assertThat(first).contains("other").doesNotContain("crowded");
		assertThat(text(get("?limit=1&page=" + next))).contains("crowded").doesNotContain("other", "next");
	}

	@Test
	void asOfInstantExcludesLaterMinutes() {
		assertThat(text(get("?asOf=2026-03-01T12:01:30Z"))).contains("crowded").doesNotContain("other");
		assertThat(text(get("?asOf=2026-03-01T12:00:30Z"))).isEqualTo("{\"items\":[]}");
	}

	@Test
	void asOfCursorReturnsActivityAtThatPosition() {
		String cursor = get("?asOf=2026-03-01T12:01:30Z").returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Cursor");
		assertThat(text(get("?asOf=" + cursor))).contains("crowded").doesNotContain("other");
	}

	@Test
	void streamFromStartSendsEveryMinute() {
		StepVerifier.create(events("?after=start").map((event) -> Objects.requireNonNull(event.data())).take(2))
			.assertNext((data) -> assertThat(data).contains("\"type\":\"activity\"", "\"book\":\"crowded\"",
					"\"data\":{\"minute\":\"2026-03-01T12:00:00Z\",\"book\":\"crowded\",\"readers\":5}"))
			.assertNext((data) -> assertThat(data).contains("\"book\":\"other\""))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void streamFilteredByBookSendsOnlyThatBook() {
		StepVerifier
			.create(events("?after=start&book=other").map((event) -> Objects.requireNonNull(event.data())).take(1))
			.assertNext((data) -> assertThat(data).contains("\"book\":\"other\""))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@ParameterizedTest
	@CsvSource({ "book=No%20Id, book", "limit=0, limit", "limit=201, limit", "page=xyz, page", "who=ada, who",
			"asOf=yesterday, asOf", "asOf=2999-01-01T00:00:00Z, asOf", "asOf=abcdefghijkl-1, asOf",
			"book=a&book=b, book" })
	void invalidParameterIsNamedInProblem(String query, String parameter) {
		get("?" + query).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.errors[0].parameter")
			.isEqualTo(parameter);
	}

	@Test
	void postIsMethodNotAllowed() {
		progress.clientOf("ada").post().uri(ACTIVITY).exchange().expectStatus().isEqualTo(405);
	}

	private static Flux<ServerSentEvent<String>> events(String query) {
		return progress.anonymousClient()
			.get()
			.uri(ACTIVITY + "/events" + query)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.getResponseBody()
			.filter((event) -> event.data() != null && event.data().contains("activity"));
	}

	private static ResponseSpec get(String query) {
		return progress.anonymousClient()
			.get()
			.uri(URI.create("http://127.0.0.1:" + progress.port() + ACTIVITY + query))
			.exchange();
	}

	private static String text(ResponseSpec answer) {
		return new String(
				Objects.requireNonNull(answer.expectStatus().isOk().expectBody().returnResult().getResponseBody()));
	}

}
