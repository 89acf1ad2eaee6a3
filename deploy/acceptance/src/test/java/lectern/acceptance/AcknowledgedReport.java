package lectern.acceptance;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import lectern.bench.http.TextResponse;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A report as described by its acknowledgement or as stored in the log. The two must be
 * equal.
 *
 * @param cursor of its event
 * @param reading it is of
 * @param version that it led to
 * @param idempotencyKey it was sent under, which it also has as its locator
 * @param fraction it told
 */
record AcknowledgedReport(String cursor, String reading, int version, String idempotencyKey, double fraction) {

	/** The report as described by an acknowledgement. */
	static AcknowledgedReport of(TextResponse acknowledgement) {
		JsonNode reading = JsonTrees.parse(acknowledgement.body()).path("reading");
		int version = reading.path("version").asInt();
		assertThat(acknowledgement.head().headers()).containsEntry("ETag", "\"" + version + "\"");
		JsonNode position = reading.path("position");
		return new AcknowledgedReport(acknowledgement.head().headers().get("Cursor"), reading.path("id").asString(),
				version, position.path("locator").asString(), position.path("fraction").asDouble());
	}

	/** The reports that the log contains for some readings, in log order. */
	static List<AcknowledgedReport> readLog(LecternInstance lectern, Collection<String> readings)
			throws SQLException, IOException {
		String epoch = lectern.queryValue("progress", "select epoch from log_head");
		String rows = lectern.queryValue("progress", """
				select string_agg(concat_ws(' ', position, stream, version, data->'position'->>'locator',
				    data->'position'->>'fraction'), ',' order by position)
				from event where type = 'position-reported' and stream in (%s)
				""".formatted(readings.stream().collect(Collectors.joining("','", "'", "'"))));
		return Arrays.stream(rows.split(",")).map((row) -> row.split(" ")).map((row) -> of(epoch, row)).toList();
	}

	private static AcknowledgedReport of(String epoch, String[] row) {
		String cursor = epoch + "-" + Long.toString(Long.parseLong(row[0]), Character.MAX_RADIX);
		return new AcknowledgedReport(cursor, row[1], Integer.parseInt(row[2]), row[3], Double.parseDouble(row[4]));
	}

	/** The position of its event in the log. */
	long logPosition() {
		return ReceivedSequences.positionOf(this.cursor);
	}

}
