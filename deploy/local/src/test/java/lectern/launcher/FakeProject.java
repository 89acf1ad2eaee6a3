package lectern.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Creates a project folder in which each service is a {@link FakeService}. */
final class FakeProject {

	private FakeProject() {
	}

	static void create(Path root) throws IOException {
		for (String module : List.of("catalog-service", "progress-service", "gateway")) {
			Path target = Files.createDirectories(root.resolve(module).resolve("target/lib"));
			write(target.resolve(module + "-0.1.0-SNAPSHOT.jar"));
			// Must be ignored by the launcher.
			Files.writeString(target.resolve(module + "-0.1.0-SNAPSHOT.jar.original"), "");
		}
	}

	private static void write(Path jar) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
		String name = FakeService.class.getName().replace('.', '/') + ".class";
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream stream = new JarOutputStream(file, manifest);
				InputStream code = FakeProject.class.getResourceAsStream("/" + name)) {
			stream.putNextEntry(new JarEntry(name));
			stream.write(code.readAllBytes());
			stream.closeEntry();
		}
	}

	/** Create a project for running the launcher by hand. */
	public static void main(String[] arguments) throws IOException {
		create(Path.of(arguments[0]));
	}

}
