package lectern.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/**
 * A file of a library, which a jar on the class path of the build has.
 *
 * @param specifier how modules import it: a name, or the address that a relative import
 * resolves to
 * @param path the path of the file below the address of all files
 * @param artifact the group and the artifact of the jar
 * @param file the path of the file in the jar, below the folder of the version
 */
record PageLibrary(String specifier, String path, String artifact, String file) {

	private static final String LIT_ELEMENT = "org.mvnpm/lit-element";

	private static final String REACTIVE_ELEMENT = "org.mvnpm.at.lit/reactive-element";

	/** All libraries. The pages import {@code lit}; the others are what it needs. */
	static final List<PageLibrary> ALL = List.of(
			new PageLibrary("lit", "lib/lit-element.js", LIT_ELEMENT, "lit-element.js"),
			new PageLibrary("lit-html", "lib/lit-html.js", "org.mvnpm/lit-html", "lit-html.js"),
			new PageLibrary("@lit/reactive-element", "lib/reactive-element.js", REACTIVE_ELEMENT,
					"reactive-element.js"),
			new PageLibrary(ScriptModuleParser.ASSETS + "lib/css-tag.js", "lib/css-tag.js", REACTIVE_ELEMENT,
					"css-tag.js"));

	/** Return the text, without the reference to a map that nobody can load. */
	String text() {
		String name = this.artifact.substring(this.artifact.lastIndexOf('/') + 1);
		String resource = "META-INF/resources/_static/" + name + "/" + version() + "/" + this.file;
		return new String(read(resource), StandardCharsets.UTF_8).replaceAll("(?m)^//# sourceMappingURL=.*\\R?", "");
	}

	/** The files of a library are below its version. */
	private String version() {
		try (InputStream stream = open("META-INF/maven/" + this.artifact + "/pom.properties")) {
			Properties properties = new Properties();
			properties.load(stream);
			return properties.getProperty("version");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] read(String resource) {
		try (InputStream stream = open(resource)) {
			return stream.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private InputStream open(String resource) {
		InputStream stream = PageLibrary.class.getClassLoader().getResourceAsStream(resource);
		if (stream == null) {
			throw new PageBuildException("The library " + this.artifact + " has no file " + resource + ".");
		}
		return stream;
	}

}
