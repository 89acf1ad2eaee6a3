package lectern.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** Where the project's modules are and what they were compiled to. */
public final class Modules {

	/** The project's folder: tests run in that of their module. */
	public static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	public static final List<String> SERVICES = List.of("catalog-service", "progress-service", "gateway");

	private static final String MAIN_CODE = "classes";

	private static final String TEST_CODE = "test-classes";

	/** All modules with code that people write. */
	static final List<String> ALL = List.of("web", "streaming", "catalog-service", "progress-service", "pages",
			"gateway", "deploy/local", "deploy/bench", "deploy/acceptance");

	private Modules() {
	}

	/** The main code and the tests of every module. */
	static JavaClasses allClasses() {
		return new ClassFileImporter().importPaths(Stream.concat(folders(MAIN_CODE), folders(TEST_CODE)).toList());
	}

	/** Whether a class is main code: it was compiled to the folder of it. */
	static boolean isMainCode(JavaClass type) {
		return type.getSource().orElseThrow().getUri().getPath().contains("/target/" + MAIN_CODE + "/");
	}

	/** The folders that the main code of the modules was compiled to. */
	static Stream<Path> mainFolders() {
		return folders(MAIN_CODE);
	}

	private static Stream<Path> folders(String kind) {
		return ALL.stream()
			.map((module) -> ROOT.resolve(module).resolve("target").resolve(kind))
			.filter(Files::isDirectory);
	}

}
