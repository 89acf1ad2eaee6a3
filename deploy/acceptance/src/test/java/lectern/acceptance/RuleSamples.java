package lectern.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** Code that breaks a rule of the architecture: a folder for each rule. */
final class RuleSamples {

	private static final Path SOURCES = Modules.ROOT.resolve("deploy/samples/architecture");

	private final Path classes;

	private RuleSamples(Path classes) {
		this.classes = classes;
	}

	/** Compile every sample into a folder of its own. */
	static RuleSamples compile(Path classes) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> samples = Files.list(SOURCES)) {
			for (Path sample : samples.toList()) {
				Path output = Files.createDirectories(classes.resolve(sample.getFileName()));
				StringWriter messages = new StringWriter();
				boolean compiled = compiler
					.getTask(messages, files, null,
							List.of("-proc:none", "-d", output.toString(), "-classpath", classPath()), null,
							files.getJavaFileObjectsFromPaths(sourcesIn(sample)))
					.call();
				if (!compiled) {
					throw new IllegalStateException("The sample " + sample + " does not compile: " + messages);
				}
			}
		}
		return new RuleSamples(classes);
	}

	/** The classes of one sample. */
	JavaClasses of(String sample) {
		return new ClassFileImporter().importPath(this.classes.resolve(sample));
	}

	private static List<Path> sourcesIn(Path sample) throws IOException {
		try (Stream<Path> files = Files.walk(sample)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
	}

	private static String classPath() {
		return Stream
			.concat(Modules.mainFolders().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
