package lectern.progress.publicactivity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import lectern.progress.TestProgress;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Public activity over HTTP. The events are inserted with times of the past, so this
 * needs a log of its own.
 */
class ActivityControllerIntegrationTests {

	private static final String ACTIVITY = "/api/v1/activity";

	private static final String PUBLIC = "public, max-age=0, s-maxage=5";

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static TestProgress progress;

	/** Seven readers start one book in a minute, three another, and five one later. */
	@BeforeAll
	static void start() {
		progress = TestProgress.start();
		insertEvents(1, 7, "crowded", NOON);
		insertEvents(8, 3, "quiet", NOON);
		insertEvents(11, 5, "other", NOON.plusSeconds(60));
		insertEvents(16, 1, "quiet", NOON.plusSeconds(120));
		progress.awaitTrue("select count(*) = 2 from activity");
	}

	private static void insertEvents(int first, int count, String book, Instant at) {
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
			.bind("last", first + count - 1)
			.then()
			.block(HANG_LIMIT);
	}

	@AfterAll
	static void stop() {
		progress.close();
	}

	@Test
	void publicActivityIsListedNewestFirst() {
		TestApiResponse response = get("").assertHeader(HttpHeaders.CACHE_CONTROL, PUBLIC)
			.assertMember("/items/0/minute", "2026-03-01T12:01:00Z")
			.assertMember("/items/0/book", "other")
			.assertMember("/items/0/readers", 5)
			.assertMember("/items/1/minute", "2026-03-01T12:00:00Z")
			.assertMember("/items/1/book", "crowded")
			.assertMember("/items/1/readers", 5)
			.assertMember("/items/2", null);
		assertThat(response.cursor()).matches("[a-z0-9]{12}-[a-z0-9]+");
	}

	/** A token changes nothing except who may cache the response. */
	@Test
	void authenticatedResponseIsNotCachedPublicly() {
		progress.reader("ada")
			.client()
			.get(ACTIVITY)
			.assertStatus(200)
			.assertHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
	}

	@Test
	void headRequestReturnsHeadersOnly() {
		assertThat(progress.anonymous().head(ACTIVITY).assertStatus(200).assertCursor().text()).isEmpty();
	}

	@Test
	void matchingEntityTagIsNotModified() {
		String current = get("").etag();
		for (String query : List.of("", "?book=crowded", "?limit=1")) {
			assertThat(get(query).etag()).isEqualTo(current);
			TestApiResponse notModified = progress.anonymous().ifNoneMatch(current).get(ACTIVITY + query);
			notModified.assertStatus(304)
				.assertHeader(HttpHeaders.ETAG, current)
				.assertHeader(HttpHeaders.CACHE_CONTROL, PUBLIC);
			assertThat(notModified.text()).isEmpty();
		}
		String earlier = "?asOf=2026-03-01T12:01:30Z";
		assertThat(get(earlier).etag()).isNotEqualTo(current);
		progress.anonymous().ifNoneMatch(current).get(ACTIVITY + earlier).assertStatus(200);
	}

	@Test
	void responseContainsNoReaderIdentity() {
		for (String query : List.of("", "?book=crowded", "?book=quiet", "?limit=1")) {
			assertThat(get(query).text()).doesNotContain("reader-", "00000000-0000-4000");
		}
	}

	@Test
	void bookBelowThresholdLooksLikeUnknownBook() {
		assertThat(get("?book=quiet").text()).isEqualTo("{\"items\":[]}");
		assertThat(get("?book=quiet").text()).isEqualTo(get("?book=no-such-book").text());
	}

	@Test
	void pagingReturnsEachItemOnce() {
		TestApiResponse first = get("?limit=1");
		assertThat(first.text()).contains("other").doesNotContain("crowded");
		assertThat(get("?limit=1&page=" + first.at("/next").stringValue()).text()).contains("crowded")
			.doesNotContain("other", "next");
	}

	@Test
	void asOfInstantExcludesLaterMinutes() {
		assertThat(get("?asOf=2026-03-01T12:01:30Z").text()).contains("crowded").doesNotContain("other");
		assertThat(get("?asOf=2026-03-01T12:00:30Z").text()).isEqualTo("{\"items\":[]}");
	}

	@Test
	void asOfCursorReturnsActivityAtThatPosition() {
		String cursor = get("?asOf=2026-03-01T12:01:30Z").cursor();
		assertThat(get("?asOf=" + cursor).text()).contains("crowded").doesNotContain("other");
	}

	@Test
	void streamFromStartSendsEveryMinute() {
		StepVerifier.create(events("?after=start").take(2))
			.assertNext((data) -> assertThat(data).contains("\"type\":\"activity\"", "\"book\":\"crowded\"",
					"\"data\":{\"minute\":\"2026-03-01T12:00:00Z\",\"book\":\"crowded\",\"readers\":5}"))
			.assertNext((data) -> assertThat(data).contains("\"book\":\"other\""))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	/**
	 * A stream that begins while the service is away continues from the instant of its
	 * response; the minutes before it may be published after it.
	 */
	@Test
	void streamFromInstantSendsWhatWasPublishedSince() {
		StepVerifier.create(events("?after=2026-06-01T00:00:00Z").take(2))
			.assertNext((data) -> assertThat(data).contains("\"book\":\"crowded\"",
					"\"occurredAt\":\"2026-03-01T12:01:00Z\"", "\"receivedAt\":\"20"))
			.assertNext((data) -> assertThat(data).contains("\"book\":\"other\""))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	@Test
	void streamFilteredByBookSendsOnlyThatBook() {
		StepVerifier.create(events("?after=start&book=other").take(1))
			.assertNext((data) -> assertThat(data).contains("\"book\":\"other\""))
			.expectComplete()
			.verify(HANG_LIMIT);
	}

	private static Flux<String> events(String query) {
		return progress.anonymous()
			.request(HttpMethod.GET, ACTIVITY + "/events" + query)
			.retrieve()
			.bodyToFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			})
			.mapNotNull(ServerSentEvent::data)
			.filter((data) -> data.contains("activity"));
	}

	@ParameterizedTest
	@CsvSource({ "book=No%20Id, book", "limit=0, limit", "limit=201, limit", "page=xyz, page", "who=ada, who",
			"asOf=yesterday, asOf", "asOf=2999-01-01T00:00:00Z, asOf", "asOf=abcdefghijkl-1, asOf",
			"book=a&book=b, book" })
	void invalidParameterIsNamedInProblem(String query, String parameter) {
		progress.anonymous().get(ACTIVITY + "?" + query).assertInvalidParameter(parameter);
	}

	@Test
	void postIsMethodNotAllowed() {
		progress.reader("ada").client().post(ACTIVITY).assertProblem(405, "method-not-allowed");
	}

	private static TestApiResponse get(String query) {
		return progress.anonymous().get(ACTIVITY + query).assertStatus(200);
	}

}
