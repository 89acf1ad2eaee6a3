package lectern.progress.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.streaming.revocation.SessionRevocations;
import lectern.streaming.sse.SseEvent;
import lectern.web.RevokedSessions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.progress.account.TestAccounts.session;
import static lectern.progress.account.TestAccounts.signIn;
import static lectern.progress.account.TestAccounts.signedIn;
import static lectern.progress.account.TestAccounts.token;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Ended sessions on all nodes: tokens are rejected, and open streams end. */
class SessionRevocationIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private static TestProgress peer;

	@BeforeAll
	static void startPeer() {
		peer = PROGRESS.startPeer();
	}

	@AfterAll
	static void stopPeer() {
		peer.close();
	}

	@Test
	void streamsOfTheSessionEndOnAllNodesAndOthersGoOn() {
		TestReader ada = signedIn(PROGRESS, "revoked-streams");
		TestReader there = peer.reader(ada.handle(), ada.token());
		TestReader other = PROGRESS.reader(ada.handle(), token(PROGRESS, ada.handle()));
		Flux<SseEvent> streams = Flux.merge(ada.events(null), ada.events(null), there.events(null));

		StepVerifier.create(Flux.merge(streams.map(SseEvent::text), other.events(null).map((_) -> "other")).take(7))
			.expectNextCount(4)
			.then(() -> ada.client().delete("/api/v1/tokens/current").assertStatus(204))
			.thenConsumeWhile((text) -> text.contains("\"signed-out\""))
			.expectComplete()
			.verify(HANG_LIMIT);

		ada.get("").assertProblem(401, "unauthenticated");
		awaitRejected(there);
		other.get("").assertStatus(200);
		try (TestProgress restarted = PROGRESS.startPeer()) {
			restarted.reader(ada.handle(), ada.token()).get("").assertProblem(401, "unauthenticated");
			restarted.reader(ada.handle(), other.token()).get("").assertStatus(200);
		}
	}

	/**
	 * The age of a stream is much longer than this session. Its client is told that it is
	 * signed out, and its token is good for nothing more.
	 */
	@Test
	void streamsEndWithTheirSession() {
		TestReader ada = signedIn(PROGRESS, "short-session");
		execute("update session set expires_at = now() + interval '8 seconds' where reader = 'short-session'");
		TestReader renewed = PROGRESS.reader(ada.handle(), token(ada.client().post("/api/v1/tokens")));

		StepVerifier.create(renewed.events(null).map(SseEvent::text).takeLast(1))
			.assertNext((last) -> assertThat(last).contains("\"signed-out\""))
			.expectComplete()
			.verify(HANG_LIMIT);

		awaitRejected(renewed);
		// The token, whose times are whole seconds, ends up to a second before the
		// session.
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> renewed.client().post("/api/v1/tokens").assertProblem(401, "unauthenticated"));
	}

	@Test
	void changedPasswordEndsAllSessions() {
		TestReader ada = signedIn(PROGRESS, "revoked-password");
		TestReader there = peer.reader(ada.handle(), token(peer, ada.handle()));
		ada.get("").assertStatus(200);
		there.get("").assertStatus(200);

		execute("update account set password_hash = password_hash || 'x' where reader = 'revoked-password'");

		Stream.of(ada, there).forEach(SessionRevocationIntegrationTests::awaitRejected);
		signIn(PROGRESS, ada.handle(), TestAccounts.PASSWORD).assertStatus(401);
	}

	/** Its password was verified before the change. */
	@Test
	void noSessionBeginsWithChangedPassword() {
		TestReader ada = signedIn(PROGRESS, "late-session");
		AccountRepository accounts = new AccountRepository(PROGRESS.database());
		SessionRepository sessions = new SessionRepository(PROGRESS.database());
		StoredAccount before = accounts.find(ada.handle()).blockOptional(HANG_LIMIT).orElseThrow();
		assertThat(sessions.insert(before, "", Instant.now()).blockOptional(HANG_LIMIT)).isPresent();

		execute("update account set password_hash = password_hash || 'x' where reader = 'late-session'");

		assertThat(sessions.insert(before, "", Instant.now()).blockOptional(HANG_LIMIT)).isEmpty();
		TestProgress.awaitTrue(PROGRESS.database(), "select count(*) = 0 from session where reader = 'late-session'");
	}

	@Test
	void streamOfRevocationsBeginsWithThePastOnes() {
		TestReader ada = signedIn(PROGRESS, "revocation-stream");
		ada.delete("/tokens").assertStatus(204);
		awaitRejected(peer.reader(ada.handle(), ada.token()));
		String later = token(PROGRESS, ada.handle());

		StepVerifier
			.create(revocations(peer.reader(ada.handle(), ada.token())).map(SseEvent::dataText)
				.doOnNext((text) -> assertThat(text).doesNotContain(ada.handle())))
			.assertNext((past) -> assertThat(past).contains(session(ada.token()), "\"complete\":true"))
			.then(() -> PROGRESS.reader(ada.handle(), later).delete("/tokens").assertStatus(204))
			.thenConsumeWhile((text) -> !text.contains(session(later)))
			.expectNextCount(1)
			.thenCancel()
			.verify(HANG_LIMIT);
	}

	private static Flux<SseEvent> revocations(TestReader anybody) {
		return anybody.stream(SessionRevocations.PATH).filter((event) -> event.data() != null);
	}

	@Test
	void expiredSessionsAndRevocationsAreDeleted() {
		TestReader ada = signedIn(PROGRESS, "expired-session");
		String expired = session(ada.token());
		execute("update session set expires_at = now() - interval '1 second' where id = '" + expired + "'");
		String old = "00000000-0000-4000-8000-000000000001";
		execute("insert into revocation (session, revoked_at) values ('" + old + "', now() - interval '1 hour')");
		RevocationLog log = new RevocationLog(PROGRESS.database(), new RevokedSessions(Clock.systemUTC()), Mono::empty);

		new SessionCleaner(new SessionRepository(PROGRESS.database()), log, Clock.systemUTC()).deleteExpired()
			.blockLast(HANG_LIMIT);

		for (String id : List.of(expired, old)) {
			TestProgress.awaitTrue(PROGRESS.database(), "select not exists (select from session where id = '" + id
					+ "') and not exists (select from revocation where session = '" + id + "')");
		}
	}

	private static void execute(String sql) {
		PROGRESS.database().sql(sql).then().block(HANG_LIMIT);
	}

	private static void awaitRejected(TestReader reader) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(50))
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> reader.get("").assertProblem(401, "unauthenticated"));
	}

}
