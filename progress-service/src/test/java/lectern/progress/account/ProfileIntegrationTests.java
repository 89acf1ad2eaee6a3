package lectern.progress.account;

import java.time.Duration;
import java.util.UUID;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** What readers change about themselves. */
class ProfileIntegrationTests {

	private static final TestProgress PROGRESS = TestProgress.shared();

	private final TestReader reader = PROGRESS.reader("p" + UUID.randomUUID().toString().substring(0, 8));

	private final TestApiClient client = this.reader.client();

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("profile-book", "A Book", "Somebody");
	}

	@Test
	void profileCanBeReadChangedAndWrittenBack() {
		String document = this.reader.get("")
			.assertStatus(200)
			.assertVersion(1)
			.assertMember("/policy", "latest")
			.assertMember("/zone", null)
			.text();
		this.client.ifMatch("\"1\"").patch(this.reader.path(), document).assertStatus(200).assertVersion(1);
		this.client.ifMatch("\"1\"")
			.patch(this.reader.path(), "{\"name\":\"Ada L.\",\"zone\":\"Europe/Rome\"}")
			.assertStatus(200)
			.assertVersion(2)
			.assertMember("/name", "Ada L.")
			.assertMember("/zone", "Europe/Rome");
		this.client.ifMatch("*")
			.patch(this.reader.path(), "{\"zone\":null}")
			.assertStatus(200)
			.assertVersion(3)
			.assertMember("/zone", null)
			.assertMember("/name", "Ada L.");
	}

	@Test
	void changeNeedsCurrentVersion() {
		this.client.patch(this.reader.path(), "{\"name\":\"A\"}").assertProblem(428, "precondition-required");
		this.client.ifMatch("\"2\"")
			.patch(this.reader.path(), "{\"name\":\"A\"}")
			.assertProblem(412, "precondition-failed")
			.assertVersion(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "{\"name\":null}; /name", "{\"name\":\"\"}; /name", "{\"policy\":\"nearest\"}; /policy",
					"{\"zone\":\"Mars/Base\"}; /zone", "{\"zone\":\"+02:00\"}; /zone", "{\"nmae\":\"x\"}; /nmae",
					"{\"password\":\"x\"}; /password", "{\"roles\":[\"operator\"]}; /roles",
					"{\"reader\":\"other\"}; /reader" })
	void invalidMemberIsNamed(String patch, String pointer) {
		this.client.ifMatch("*").patch(this.reader.path(), patch).assertInvalidMember(pointer);
	}

	@Test
	void otherReaderIsForbidden() {
		PROGRESS.newReader().client().ifMatch("*").patch(this.reader.path(), "{}").assertProblem(403, "forbidden");
	}

	@Test
	void policyDecidesWhichReportsMoveThePosition() {
		TestReading reading = this.reader.start("profile-book");
		reading.report(0.5).assertMember("/moved", true);
		this.client.ifMatch("*").patch(this.reader.path(), "{\"policy\":\"furthest\"}").assertStatus(200);

		reading.report(0.3).assertMember("/moved", false).assertMember("/reason", "not-further");
		reading.command("/what-if", "{\"commands\":[{\"type\":\"report\",\"fraction\":0.2}]}")
			.assertStatus(200)
			.assertMember("/commands/0/moved", false);
		this.client.contentType("application/x-ndjson")
			.post(this.reader.path() + "/commands",
					"{\"key\":\"1\",\"type\":\"report\",\"reading\":\"%s\",\"fraction\":0.1}".formatted(reading.id()))
			.assertStatus(200);
		reading.report(0.6).assertMember("/moved", true).assertMember("/reading/version", 5);

		this.client.ifMatch("*").patch(this.reader.path(), "{\"policy\":null}").assertMember("/policy", "latest");
		reading.report(0.2).assertMember("/moved", true);
	}

	@Test
	void policyIsKnownToOtherNodesAndAfterStart() {
		this.client.ifMatch("*").patch(this.reader.path(), "{\"policy\":\"furthest\"}").assertStatus(200);
		TestReading reading = this.reader.start("profile-book");
		reading.report(0.9).assertStatus(200);
		try (TestProgress peer = PROGRESS.startPeer()) {
			TestReading onPeer = reading.as(peer.anonymous().withToken(this.reader.token()));
			onPeer.report(0.8).assertMember("/moved", false);

			this.client.ifMatch("*").patch(this.reader.path(), "{\"policy\":\"latest\"}").assertStatus(200);

			Mono.fromSupplier(() -> onPeer.report(0.7))
				.subscribeOn(Schedulers.boundedElastic())
				.filter((report) -> report.at("/moved").asBoolean())
				.repeatWhenEmpty((attempts) -> attempts.delayElements(Duration.ofMillis(100)))
				.block(HANG_LIMIT);
		}
	}

}
