package lectern.streaming.revocation;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;

import lectern.web.RevokedSessions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The follower with a real server in place of progress-service. */
@NullUnmarked
class RevocationFollowerIntegrationTests {

	private static final Instant EXPIRY = Instant.now().plusSeconds(3600);

	@TempDir
	Path folder;

	private final Sinks.Many<String> events = Sinks.many().replay().all();

	private final RevokedSessions sessions = new RevokedSessions(Clock.systemUTC());

	private DisposableServer server = start(0);

	private RevocationFollower follower;

	@BeforeEach
	void createFollower() {
		this.follower = follower(this.sessions, this.folder);
	}

	@AfterEach
	void stop() {
		this.follower.stop();
		this.server.disposeNow(HANG_LIMIT);
	}

	private DisposableServer start(int port) {
		return HttpServer.create()
			.host("127.0.0.1")
			.port(port)
			.route((routes) -> routes.get(SessionRevocations.PATH,
					(_, response) -> response.sse().sendString(this.events.asFlux())))
			.bindNow(HANG_LIMIT);
	}

	private RevocationFollower follower(RevokedSessions target, Path file) {
		return new RevocationFollower(() -> URI.create("http://127.0.0.1:" + this.server.port()), new JsonMapper(),
				target, new RevocationFile(file));
	}

	@Test
	void learnsPastAndNewRevocations() {
		this.follower.start();
		send("\"one\":\"" + EXPIRY + "\"", false);
		await(this.sessions, "one");
		assertThat(this.sessions.isComplete()).isFalse();
		send("\"two\":\"" + EXPIRY + "\"", true);
		await(this.sessions, "two");
		Awaitility.await().atMost(HANG_LIMIT).until(this.sessions::isComplete);
		send("\"three\":\"" + EXPIRY + "\"", true);
		await(this.sessions, "three");
		assertThat(this.sessions.contains("one")).isTrue();
	}

	@Test
	void followsAgainAfterTheServerWasAway() {
		this.follower.start();
		send("\"one\":\"" + EXPIRY + "\"", true);
		await(this.sessions, "one");
		this.server.disposeNow(HANG_LIMIT);
		assertThat(this.sessions.contains("one")).isTrue();
		send("\"meanwhile\":\"" + EXPIRY + "\"", true);
		this.server = start(this.server.port());
		await(this.sessions, "meanwhile");
	}

	@Test
	void knowsAfterRestartWhatWasRevokedBeforeButNotWhetherThatIsAll() {
		this.follower.start();
		send("\"one\":\"" + EXPIRY + "\"", true);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> Files.exists(this.folder.resolve("revoked-sessions"))
					&& Files.readString(this.folder.resolve("revoked-sessions")).contains("one"));
		this.follower.stop();
		this.server.disposeNow(HANG_LIMIT);
		RevokedSessions afterRestart = new RevokedSessions(Clock.systemUTC());
		this.follower = follower(afterRestart, this.folder);
		this.follower.start();
		await(afterRestart, "one");
		assertThat(afterRestart.isComplete()).isFalse();
	}

	@Test
	void unreadableFileIsIgnored() throws Exception {
		Files.writeString(this.folder.resolve("revoked-sessions"), "nonsense\none not-a-time\ntwo " + EXPIRY + "\n");
		this.follower.start();
		await(this.sessions, "two");
		send("", true);
		Awaitility.await().atMost(HANG_LIMIT).until(this.sessions::isComplete);
		assertThat(this.sessions.toMap()).containsOnlyKeys("two");
	}

	private void send(String sessions, boolean complete) {
		this.events.tryEmitNext("data:{\"sessions\":{" + sessions + "},\"complete\":" + complete + ",\"later\":1}\n\n")
			.orThrow();
	}

	private static void await(RevokedSessions target, String session) {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> target.contains(session));
	}

}
