package lectern.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** Where the project's modules are and what they were compiled to. */
final class Modules {

	/** The project's folder: tests run in that of their module. */
	static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	static final List<String> SERVICES = List.of("catalog-service", "progress-service", "gateway");

	private static final List<String> ALL = List.of("web", "streaming", "catalog-service", "progress-service",
			"gateway", "deploy/local", "deploy/bench", "deploy/acceptance");

	private Modules() {
	}

	/** The main code of every module. */
	static JavaClasses mainClasses() {
		return importClasses("classes");
	}

	/** The tests of every module, these among them. */
	static JavaClasses testClasses() {
		return importClasses("test-classes");
	}

	private static JavaClasses importClasses(String kind) {
		return new ClassFileImporter().importPaths(ALL.stream()
			.map((module) -> ROOT.resolve(module).resolve("target").resolve(kind))
			.filter(Files::isDirectory)
			.toList());
	}

}
