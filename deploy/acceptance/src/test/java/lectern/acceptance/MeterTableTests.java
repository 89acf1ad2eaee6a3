package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of meters in {@code docs/monitoring.md} is generated from the enums that
 * declare them. {@code -Dlectern.write=true} writes it instead of comparing it.
 */
class MeterTableTests {

	private static final Path DOCUMENT = Modules.ROOT.resolve("docs/monitoring.md");

	private static final String BEGIN = "<!-- meters:begin -->\n";

	private static final String END = "<!-- meters:end -->";

	private static final String HEAD = """
			| meter | kind | tags | exported by | meaning |
			| --- | --- | --- | --- | --- |
			""";

	@Test
	void documentHasRowForEachMeter() throws IOException, ReflectiveOperationException {
		String document = Files.readString(DOCUMENT);
		int from = document.indexOf(BEGIN) + BEGIN.length();
		int to = document.indexOf(END);
		List<String> rows = DocumentedMeters.rows();
		assertThat(rows).hasSizeGreaterThan(10);
		String table = HEAD + String.join("\n", rows) + "\n";
		if (Boolean.getBoolean("lectern.write")) {
			Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
		}
		else {
			assertThat(document.substring(from, to)).isEqualTo(table);
		}
	}

}
