package lectern.progress.command;

import java.util.Collections;
import java.util.List;
import java.util.UUID;

import lectern.progress.ReadingFixture;
import lectern.progress.TestReader;
import lectern.web.TestApiResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What-if evaluation over HTTP. */
class WhatIfIntegrationTests extends ReadingFixture {

	@Test
	void whatIfReturnsEffectsAndStoresNothing() {
		this.reading.reportForTenDays();
		String cursor = this.reading.get("/forecast").cursor();
		String before = this.reading.get("?seen=" + cursor).assertStatus(200).text();
		TestApiResponse response = whatIf(
				"""
						{"commands":[{"type":"report","fraction":0.9,"device":{"id":"phone"}},
						{"type":"plan","finishBy":"2099-01-01T00:00:00Z"},
						{"type":"restore","to":"%s"},{"type":"abandon"},{"type":"resume"},{"type":"finish"},{"type":"reopen"}]}"""
					.formatted(cursor))
			.assertStatus(200)
			.assertCursor()
			.assertMember("/reading/status", "reading")
			.assertMember("/reading/version", 19)
			.assertMember("/reading/position/fraction", 0.5)
			.assertMember("/forecast/state", "expected")
			.assertMember("/forecast/plan/onTime", true)
			.assertMember("/commands/0/moved", true)
			.assertMember("/commands/0/changes/position/fraction", 0.9)
			.assertMember("/commands/3/changes/status", "abandoned");
		assertThat(response.at("/commands").size()).isEqualTo(7);
		assertThat(this.reading.get().text()).isEqualTo(before);
		assertThat(this.reader.eventCount()).isEqualTo(12);
	}

	@Test
	void whatIfTakesPace() {
		whatIf("""
				{"commands":[{"type":"report","fraction":0.5},{"type":"plan","finishBy":"2099-01-01T00:00:00Z"},
				{"type":"remove-plan"}],"pace":{"perDay":0.25}}""").assertStatus(200)
			.assertMember("/reading/plan", null)
			.assertMember("/forecast/state", "expected")
			.assertMember("/forecast/pace/perDay", 0.25)
			.assertMember("/forecast/earliest", null);
		for (String pace : List.of("0", "-1", "25", "null", "\"fast\"")) {
			whatIf("{\"commands\":[],\"pace\":{\"perDay\":%s}}".formatted(pace)).assertInvalidMember("/pace/perDay");
		}
	}

	@Test
	void whatIfWithoutCommandsReturnsCurrentReading() {
		whatIf("{\"commands\":[]}").assertStatus(200)
			.assertMember("/reading/version", 1)
			.assertMember("/commands", new String[0]);
	}

	@Test
	void rejectedCommandIsReportedWithPointer() {
		TestApiResponse response = whatIf("""
				{"commands":[{"type":"report","fraction":0.5},{"type":"finish"},{"type":"reopen"},{"type":"resume"},
				{"type":"abandon"},{"type":"report","fraction":0.6},{"type":"resume"}]}""");
		response.assertProblem(409, "reading-abandoned").assertMember("/errors/0/pointer", "/commands/5");
		assertThat(response.text()).contains("The reading is abandoned. Resume it first.");
		whatIf("{\"commands\":[{\"type\":\"plan\",\"finishBy\":\"2020-01-01T00:00:00Z\"}]}").assertProblem(409,
				"plan-in-the-past");
		whatIf("{\"commands\":[{\"type\":\"restore\",\"to\":\"2020-01-01T00:00:00Z\"}]}").assertProblem(409,
				"no-position-then");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "2999-01-01T00:00:00Z", "0123456789ab-1" })
	void invalidPointInTimeIsReportedWithPointer(String to) {
		whatIf("{\"commands\":[{\"type\":\"finish\"},{\"type\":\"restore\",\"to\":\"" + to + "\"}]}")
			.assertInvalidMember("/commands/1/to");
	}

	@Test
	void rejectsMoreThanThousandCommands() {
		TestApiResponse accepted = whatIf(repeat(1000, "{\"type\":\"report\",\"fraction\":0.5}")).assertStatus(200);
		assertThat(accepted.at("/commands").size()).isEqualTo(1000);
		for (String command : new String[] { "{\"type\":\"finish\"}", "{\"type\":\"report\"}", "null" }) {
			TestApiResponse rejected = whatIf(repeat(10_000, command)).assertProblem(422, "invalid");
			assertThat(rejected.json().findValuesAsString("pointer")).contains("/commands");
			assertThat(rejected.text()).contains("1000").hasSizeLessThan(100_000);
		}
		whatIf(repeat(60_000, "{\"type\":\"finish\"}")).assertProblem(413, "too-large");
	}

	private static String repeat(int number, String command) {
		return "{\"commands\":[" + String.join(",", Collections.nCopies(number, command)) + "]}";
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{}                                                                         | /commands
			{"commands":null}                                                          | /commands
			{"commands":{}}                                                            | /commands
			{"commands":7}                                                             | /commands
			{"commands":[],"reading":"x"}                                              | /reading
			{"commands":[null]}                                                        | /commands/0
			{"commands":[{}]}                                                          | /commands/0/type
			{"commands":[{"type":"finish"},{"fraction":0.5}]}                          | /commands/1/type
			{"commands":[{"type":"finish"},{"type":"start","book":"a-book"}]}          | /commands/1/type
			{"commands":[{"type":"PositionRequest","fraction":0.5}]}                   | /commands/0/type
			{"commands":[{"type":null}]}                                               | /commands/0/type
			{"commands":[{"type":"finish","at":"now"}]}                                | /commands/0/at
			{"commands":[{"type":"report","fraction":0.5,"speed":1}]}                  | /commands/0/speed
			{"commands":[{"type":"report"}]}                                           | /commands/0/fraction
			{"commands":[{"type":"reopen"},{"type":"report","fraction":1.5}]}          | /commands/1/fraction
			{"commands":[{"type":"report","fraction":"0.5"}]}                          | /commands/0/fraction
			{"commands":[{"type":"report","fraction":0.5,"device":{}}]}                | /commands/0/device/id
			{"commands":[{"type":"report","fraction":0.5,"occurredAt":"yesterday"}]}   | /commands/0/occurredAt
			{"commands":[{"type":"plan"}]}                                             | /commands/0/finishBy
			{"commands":[{"type":"restore"}]}                                          | /commands/0/to
			""")
	void invalidCommandIsReportedWithPointer(String content, String pointer) {
		whatIf(content).assertInvalidMember(pointer);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{", "{\"commands\":[}", "7", "\"finish\"" })
	void rejectsMalformedBody(String content) {
		whatIf(content).assertProblem(400, "malformed");
	}

	@Test
	void whatIfOnOtherReadersReadingIsRejected() {
		String finish = "{\"commands\":[{\"type\":\"finish\"}]}";
		TestReader other = PROGRESS.newReader();
		this.reader.reading(UUID.randomUUID().toString()).command("/what-if", finish).assertProblem(404, "not-found");
		other.reading(this.reading.id()).command("/what-if", finish).assertProblem(404, "not-found");
		this.reading.as(other.client()).command("/what-if", finish).assertProblem(403, "forbidden");
	}

	private TestApiResponse whatIf(String content) {
		return this.reading.command("/what-if", content);
	}

}
