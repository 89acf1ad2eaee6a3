package lectern.progress.erasure;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import lectern.progress.ErasingProgress;
import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.streaming.sse.SseEvent;
import lectern.web.StreamedRequest;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Who can erase whom, and what happens at once. */
class ErasureRequestIntegrationTests {

	private static TestProgress progress;

	private static TestApiClient operator;

	private static ErasedTraces traces;

	@BeforeAll
	static void start() {
		progress = ErasingProgress.shared();
		progress.addBook("left-book", "A Book", "Somebody");
		progress.reader("operator");
		operator = progress.anonymous().withToken(progress.signingKey().sign("operator", List.of("operator")));
		traces = new ErasedTraces(progress);
	}

	@Test
	void erasureNeedsTheVersionAndThePermission() {
		TestReader reader = progress.newReader();
		reader.delete("").assertProblem(428, "precondition-required").assertVersion(1);
		reader.ifMatch("\"2\"").delete("").assertProblem(412, "precondition-failed").assertVersion(1);
		reader.ifMatch("*").delete("?x=1").assertInvalidParameter("x");
		progress.newReader().client().ifMatch("*").delete(reader.path()).assertProblem(403, "forbidden");
		progress.anonymous()
			.withToken(progress.signingKey().sign("operator", List.of("curator")))
			.ifMatch("*")
			.delete(reader.path())
			.assertProblem(403, "forbidden");
		progress.anonymous().ifMatch("*").delete(reader.path()).assertProblem(401, "unauthenticated");
		operator.get(reader.path()).assertProblem(403, "forbidden");
		operator.ifMatch("*").delete("/api/v1/readers/nobody").assertProblem(404, "not-found");
		reader.get("").assertStatus(200);
		operator.ifMatch("*").delete(reader.path()).assertStatus(204);
	}

	@Test
	void lastOperatorStays() {
		TestReader last = progress.newReader();
		execute("update account set roles = '{operator}' where reader = '" + last.handle() + "'");
		operator.ifMatch("*").delete(last.path()).assertProblem(409, "last-operator");
		execute("update account set roles = '{operator}' where reader = 'operator'");
		operator.ifMatch("*").delete(last.path()).assertStatus(204);
	}

	@Test
	void erasuresAtOnceAreOne() throws IOException {
		TestReader reader = progress.newReader();
		UUID id = Objects.requireNonNull(progress.database()
			.sql("select erasure_id from account where reader = :reader")
			.bind("reader", reader.handle())
			.mapValue(UUID.class)
			.one()
			.block(HANG_LIMIT));
		Mono<Integer> erasure = operator.ifMatch("*")
			.send(HttpMethod.DELETE, reader.path())
			.map(TestApiResponse::status);
		List<Integer> statuses = Objects
			.requireNonNull(Flux.range(0, 8).flatMap((_) -> erasure).collectList().block(HANG_LIMIT));
		assertThat(statuses).contains(204).allMatch((status) -> status == 204 || status == 404);
		awaitErased(reader.handle());
		assertThat(Files.readAllLines(ErasingProgress.list())).filteredOn((line) -> line.startsWith(id + " "))
			.hasSize(1);
		assertThat(Files.readString(ErasingProgress.list())).doesNotContain(reader.handle());
	}

	@Test
	void handleIsTakenWhileItsReaderIsErased() {
		execute("insert into erasure (reader, id, position, due_at)"
				+ " values ('going', gen_random_uuid(), 0, 'infinity')");
		ErasingProgress.register("going").assertProblem(409, "handle-taken");
		TestReader going = progress.reader("going");
		going.post("/readings", "{\"book\":\"left-book\"}").assertProblem(401, "unauthenticated");
		assertThat(going.client()
			.contentType("application/x-ndjson")
			.post(going.path() + "/commands", "{\"key\":\"1\",\"type\":\"start\",\"book\":\"left-book\"}\n")
			.text()).contains("\"status\":401");
		assertThat(going.eventCount()).isZero();
	}

	/** It waits for the deletion of the account, and its statement is older than that. */
	@Test
	void registrationThatWaitsForAnErasureIsRejected() throws Exception {
		ErasingProgress.register("late-namesake").assertStatus(201);
		try (Connection connection = ErasingProgress.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("insert into erasure (reader, id, position, due_at)"
					+ " values ('late-namesake', gen_random_uuid(), 0, 'infinity')");
			statement.execute("delete from account where reader = 'late-namesake'");
			Future<TestApiResponse> registration = ForkJoinPool.commonPool()
				.submit(() -> ErasingProgress.register("late-namesake"));
			progress.awaitTrue("select exists (select from pg_stat_activity"
					+ " where wait_event_type = 'Lock' and query like '%insert into account%')");
			connection.commit();
			registration.get(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS).assertProblem(409, "handle-taken");
		}
		progress.awaitTrue("select not exists (select from account where reader = 'late-namesake')");
	}

	@Test
	void sessionsEndWithTheAccount() {
		TestReader leaver = ErasingProgress.signedIn("session-leaver");
		StepVerifier.create(leaver.events(null).map(SseEvent::text))
			.expectNextCount(1)
			.then(() -> assertThat(leaver.ifMatch("\"1\"").delete("").assertStatus(204).header("Set-Cookie"))
				.contains("Max-Age=0"))
			.thenConsumeWhile((text) -> !text.contains("signed-out"))
			.expectNextCount(1)
			.expectComplete()
			.verify(HANG_LIMIT);
		leaver.get("/readings").assertProblem(401, "unauthenticated");
		leaver.client().post("/api/v1/tokens").assertStatus(401);
	}

	@Test
	void listOfCommandsEndsWithTheAccount() throws IOException {
		TestReader leaver = ErasingProgress.signedIn("list-leaver");
		TestReading reading = leaver.start("left-book");
		try (StreamedRequest list = StreamedRequest.post(progress.port(), leaver.path() + "/commands",
				List.of("Authorization: Bearer " + leaver.token(), "Content-Type: application/x-ndjson"))) {
			list.send(report(reading, 1));
			assertThat(list.readLine()).contains("\"through\":1");
			leaver.ifMatch("*").delete("").assertStatus(204);
			String answer = list.send(report(reading, 2)).readLine();
			assertThat(Objects.requireNonNull(answer)).contains("\"status\":40");
			while (answer != null) {
				assertThat(answer).doesNotContain("\"fraction\"");
				answer = list.readLine();
			}
		}
		awaitErased("list-leaver");
		assertThat(traces.tablesWith("list-leaver", reading.id())).isEmpty();
	}

	private static String report(TestReading reading, int number) {
		return "{\"key\":\"%d\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":0.5}\n".formatted(number,
				reading.id());
	}

	private static void awaitErased(String handle) {
		progress.awaitTrue("select not exists (select from erasure where reader = '" + handle + "')");
	}

	private static void execute(String statement) {
		progress.database().sql(statement).then().block(HANG_LIMIT);
	}

}
