package lectern.acceptance;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of meters in {@code docs/operations.md} is generated from the enums that
 * declare them. {@code -Dlectern.write=true} writes it instead of comparing it.
 */
class MeterTableTests {

	private static final Path DOCUMENT = Modules.ROOT.resolve("docs/operations.md");

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
		String table = HEAD + String.join("\n", rows()) + "\n";
		if (Boolean.getBoolean("lectern.write")) {
			Files.writeString(DOCUMENT, document.substring(0, from) + table + document.substring(to));
		}
		else {
			assertThat(document.substring(from, to)).isEqualTo(table);
		}
	}

	private static List<String> rows() throws IOException, ReflectiveOperationException {
		List<String> rows = new ArrayList<>();
		try (URLClassLoader classes = new URLClassLoader(mainFolders(), MeterTableTests.class.getClassLoader())) {
			for (String name : meterEnums()) {
				for (Object meter : Class.forName(name, true, classes).getEnumConstants()) {
					rows.add((String) meter.getClass().getMethod("toTableRow").invoke(meter));
				}
			}
		}
		assertThat(rows).hasSizeGreaterThan(10);
		return rows;
	}

	private static List<String> meterEnums() {
		return new ClassFileImporter().importPaths(Modules.mainFolders().toList())
			.stream()
			.filter((type) -> type.isEnum() && type.isAssignableTo("lectern.streaming.meter.DocumentedMeter"))
			.sorted(Comparator.comparing(JavaClass::getSimpleName).reversed())
			.map(JavaClass::getName)
			.toList();
	}

	private static URL[] mainFolders() throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		for (Path folder : Modules.mainFolders().toList()) {
			urls.add(folder.toUri().toURL());
		}
		return urls.toArray(URL[]::new);
	}

}
