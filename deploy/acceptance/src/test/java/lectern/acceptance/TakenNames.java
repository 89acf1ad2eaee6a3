package lectern.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * The simple names of the public types of the JDK, Reactive Streams, Reactor and Netty.
 * The desktop modules of the JDK are left out: nobody here expects {@code java.awt.Book}.
 */
final class TakenNames {

	private static final String LIBRARIES = ".*/(reactive-streams|reactor-core|reactor-netty|netty)-[^/]*\\.jar";

	private TakenNames() {
	}

	/** Satisfied by a class whose simple name another library has taken. */
	static ArchCondition<JavaClass> beTaken() {
		return new ArchCondition<>("have the name of a type of the JDK, Reactive Streams, Reactor or Netty") {

			private final Set<String> taken = find();

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				events.add(new SimpleConditionEvent(type, this.taken.contains(type.getSimpleName()),
						type.getName() + " has the name of another library's type"));
			}

		};
	}

	/** The names that are taken; many thousands. */
	static Set<String> find() {
		Set<String> names = new HashSet<>();
		try {
			collectJdk(names);
			for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
				if (entry.matches(LIBRARIES)) {
					collectJar(entry, names);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return names;
	}

	private static void collectJdk(Set<String> names) throws IOException {
		Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
		try (Stream<Path> files = Files.walk(modules)) {
			files.map((file) -> modules.relativize(file).toString())
				.filter((file) -> file.matches("java\\.(?!desktop|rmi|naming|xml|management|smartcardio)[^/]*/java.*"))
				.map((file) -> file.substring(file.indexOf('/') + 1))
				.forEach((file) -> collect(file, names));
		}
	}

	private static void collectJar(String file, Set<String> names) throws IOException {
		try (JarFile jar = new JarFile(file)) {
			jar.stream()
				.map((entry) -> entry.getName())
				.filter((name) -> !name.contains("/internal/"))
				.forEach((name) -> collect(name, names));
		}
	}

	/** Public or not: the name alone is looked at, and top-level types alone have it. */
	private static void collect(String file, Set<String> names) {
		if (file.endsWith(".class") && !file.contains("$") && !file.endsWith("-info.class")) {
			names.add(file.substring(file.lastIndexOf('/') + 1, file.length() - ".class".length()));
		}
	}

}
