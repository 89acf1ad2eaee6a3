package lectern.web.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of the last release, without texts and examples: what clients rely
 * on. The system property {@value #WRITE} makes the present document that of a release.
 */
final class ReleasedApi {

	static final String WRITE = "lectern.openapi.release";

	private static final Path FILE = ApiDocument.root("web/src/test/resources/openapi/released.json");

	private ReleasedApi() {
	}

	static ObjectNode read() {
		if (Boolean.getBoolean(WRITE)) {
			ObjectNode released = ApiDocument.checkedIn().root();
			released.remove(List.of("info", "tags", "servers"));
			released.get("components").asObject().remove("examples");
			for (String text : List.of("description", "summary", "examples", "example")) {
				released.findParents(text)
					.stream()
					.filter((parent) -> !parent.get(text).isObject() || text.equals("examples"))
					.forEach((parent) -> parent.asObject().remove(text));
			}
			write(released);
		}
		return ApiDocument.read(FILE).root();
	}

	/** On one line, because nobody reads it. */
	private static void write(ObjectNode released) {
		try {
			Files.writeString(FILE, released + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
