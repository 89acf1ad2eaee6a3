package lectern.progress.account;

import java.text.ParseException;
import java.util.List;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.streaming.sse.SseEvent;
import lectern.web.TestApiResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;

import static lectern.progress.account.TestAccounts.inSession;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators do with the roles of readers, over the API and on the machine. */
class RoleIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader ada = inSession(PROGRESS, PROGRESS.newReader());

	@Test
	void changedRolesNeedNewTokensAndSessionsGoOn() throws ParseException {
		TestReader operator = operator();
		StepVerifier.create(this.ada.events(null).map(SseEvent::text).takeUntil((text) -> text.contains("\"age\"")))
			.expectNextCount(1)
			.then(() -> put(operator, "*", "{\"roles\":[\"curator\"]}").assertStatus(200)
				.assertMember("/roles", List.of("curator")))
			.thenConsumeWhile((_) -> true)
			.expectComplete()
			.verify(HANG_LIMIT);

		Awaitility.await().atMost(HANG_LIMIT).until(() -> this.ada.get("").status() == 401);
		String renewed = TestAccounts.token(this.ada.client().post("/api/v1/tokens"));
		assertThat(TestAccounts.parse(renewed).getJWTClaimsSet().getStringListClaim("roles"))
			.containsExactly("curator");
		PROGRESS.reader(this.ada.handle(), renewed)
			.get("/roles")
			.assertStatus(200)
			.assertVersion(2)
			.assertMember("/roles", List.of("curator"));
	}

	@Test
	void changeNeedsOperatorAndVersion() {
		TestReader operator = operator();
		put(this.ada, "*", "{\"roles\":[\"operator\"]}").assertProblem(403, "forbidden");
		PROGRESS.newReader().client().get(this.ada.path() + "/roles").assertProblem(403, "forbidden");
		operator.client().get(this.ada.path()).assertProblem(403, "forbidden");
		operator.client().put(this.ada.path() + "/roles", "{\"roles\":[]}").assertProblem(428, "precondition-required");
		put(operator, "\"9\"", "{\"roles\":[]}").assertProblem(412, "precondition-failed").assertVersion(1);
		put(operator, "\"1\"", "{\"roles\":[]}").assertStatus(200).assertVersion(1);
		put(operator, "\"1\"", "{\"roles\":[\"operator\",\"curator\",\"operator\"]}").assertStatus(200)
			.assertVersion(2)
			.assertMember("/roles", List.of("curator", "operator"));
		operator.client()
			.ifMatch("*")
			.put("/api/v1/readers/nobody-has-this/roles", "{\"roles\":[]}")
			.assertProblem(404, "not-found");
		operator.client().get("/api/v1/readers/nobody-has-this/roles").assertProblem(404, "not-found");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "{}; /roles", "{\"roles\":[\"curator\",\"root\"]}; /roles/1",
			"{\"roles\":\"curator\"}; /roles", "{\"roles\":[null]}; /roles/0", "{\"rolls\":[]}; /roles" })
	void unknownRoleIsNamed(String json, String pointer) {
		put(operator(), "*", json).assertInvalidMember(pointer);
	}

	@Test
	void lastOperatorRemains() {
		execute("update account set roles = '{}' where 'operator' = any(roles)");
		TestReader first = operator();
		TestReader second = operator();
		List<Integer> statuses = Mono
			.zip(first.client().ifMatch("*").send(HttpMethod.PUT, second.path() + "/roles", "{\"roles\":[]}"),
					second.client().ifMatch("*").send(HttpMethod.PUT, first.path() + "/roles", "{\"roles\":[]}"))
			.map((both) -> List.of(both.getT1().status(), both.getT2().status()))
			.blockOptional(HANG_LIMIT)
			.orElseThrow();
		assertThat(statuses).containsExactlyInAnyOrder(200, 409);
		TestReader left = (statuses.getFirst() == 200) ? first : second;
		left.client()
			.ifMatch("*")
			.put(left.path() + "/roles", "{\"roles\":[\"curator\"]}")
			.assertProblem(409, "last-operator");
	}

	@Test
	void rolesAndSessionsAreAdministeredAtTheManagementPort() {
		String account = "/actuator/accounts/" + this.ada.handle();
		assertThat(PROGRESS.management().get(account + "/sessions").assertStatus(200).text().lines()).hasSize(1);
		assertThat(PROGRESS.management().post(account + "/roles", "{\"value\":\"curator\"}").assertStatus(200).text())
			.isEqualTo("curator\n");
		assertThat(PROGRESS.management().get(account + "/roles").assertStatus(200).text()).isEqualTo("curator\n");
		assertThat(PROGRESS.management().post(account + "/roles", "{\"value\":\"boss\"}").text())
			.isEqualTo("There is no role boss. The roles are curator and operator.\n");
		assertThat(PROGRESS.management().delete(account + "/sessions").assertStatus(200).text())
			.isEqualTo("Sessions that were ended: 1\n");
		this.ada.get("").assertProblem(401, "unauthenticated");
		for (String part : List.of("/roles", "/sessions")) {
			assertThat(PROGRESS.management().get("/actuator/accounts/nobody-has-this" + part).assertStatus(404).text())
				.isEqualTo("No reader has this handle.\n");
		}
		assertThat(PROGRESS.anonymous().get(account + "/roles").status()).isNotEqualTo(200);
	}

	private TestApiResponse put(TestReader caller, String ifMatch, String json) {
		return caller.client().ifMatch(ifMatch).put(this.ada.path() + "/roles", json);
	}

	private static TestReader operator() {
		TestReader reader = PROGRESS.newReader();
		execute("update account set roles = '{operator}' where reader = '" + reader.handle() + "'");
		return inSession(PROGRESS, reader);
	}

	private static void execute(String sql) {
		PROGRESS.database().sql(sql).then().block(HANG_LIMIT);
	}

}
