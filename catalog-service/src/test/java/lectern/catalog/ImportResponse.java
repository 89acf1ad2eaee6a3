package lectern.catalog;

import lectern.web.TestApiResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The response to a finished import, with the counts and the refused lines. */
public final class ImportResponse {

	private final TestApiResponse response;

	private final JsonNode report;

	ImportResponse(TestApiResponse response) {
		this.response = response.assertStatus(201);
		this.report = response.json();
	}

	public TestApiResponse response() {
		return this.response;
	}

	public String id() {
		return this.report.get("id").asString();
	}

	/** Return one of the counts of the report, such as {@code added}. */
	public long count(String name) {
		return this.report.get(name).asLong();
	}

	public JsonNode refusals() {
		return this.report.get("refusals");
	}

	/** Assert all counts; {@code read} must be their sum. */
	public ImportResponse assertCounts(long added, long changed, long unchanged, long merged, long refused) {
		assertThat(new long[] { count("added"), count("changed"), count("unchanged"), count("merged"), count("refused"),
				count("read") })
			.as("added, changed, unchanged, merged, refused and read of %s", this.response)
			.containsExactly(added, changed, unchanged, merged, refused,
					added + changed + unchanged + merged + refused);
		return this;
	}

	/** Assert that a line was refused for a reason. */
	public ImportResponse assertRefused(int line, String reason) {
		assertThat(refusal(line).get("reason").asString()).as(this.response::toString).isEqualTo(reason);
		return this;
	}

	/** Assert that a line was refused because of one member of its document. */
	public ImportResponse assertRefusedMember(int line, String pointer) {
		assertThat(refusal(line).path("pointer").asString()).as(this.response::toString).isEqualTo(pointer);
		return this;
	}

	private JsonNode refusal(int line) {
		return refusals().valueStream()
			.filter((refusal) -> refusal.get("line").asInt() == line)
			.findFirst()
			.orElseThrow(() -> new AssertionError("Line " + line + " was not refused in " + this.response));
	}

}
