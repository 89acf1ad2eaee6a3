package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import tools.jackson.databind.JsonNode;

/** A stream followed by npm's eventsource, in a Node.js of its own. */
final class NodeStream implements AutoCloseable {

	private static final String PROGRAM = """
			const EventSource = require(process.argv[1]);
			const source = new EventSource(process.argv[2]);
			const report = (seen) => console.log(JSON.stringify(seen));
			source.onopen = () => report({ name: 'open' });
			for (const name of ['message', 'reset', 'end']) {
			  source.addEventListener(name, ({ data, lastEventId }) => report({ name, id: lastEventId, data }));
			}
			""";

	private final Sightings sightings = new Sightings();

	private final RunningProgram node;

	private NodeStream(Path library, String url) throws IOException {
		this.node = RunningProgram.start(List.of(PlaywrightDriver.node().toString(), "--no-deprecation", "--eval",
				PROGRAM, library.toString(), url), this::printed);
	}

	/** Follow from now on; a folder takes the library's file. */
	static NodeStream to(String url, Path folder) throws IOException, InterruptedException {
		NodeStream stream = new NodeStream(library(folder), url);
		stream.sightings.awaitOpen();
		return stream;
	}

	private void printed(String line) {
		JsonNode seen = Json.of(line);
		if (seen.path("name").asString().equals("open")) {
			this.sightings.opened();
		}
		else {
			this.sightings.add(Seen.of(seen));
		}
	}

	Sightings sightings() {
		return this.sightings;
	}

	/** The one file that it is, out of the jar that Maven Central has it in. */
	private static Path library(Path folder) throws IOException {
		Properties jar = new Properties();
		try (InputStream properties = open("/META-INF/maven/org.webjars.npm/eventsource/pom.properties")) {
			jar.load(properties);
		}
		Path library = folder.resolve("eventsource.js");
		try (InputStream file = open(
				"/META-INF/resources/webjars/eventsource/" + jar.getProperty("version") + "/lib/eventsource.js")) {
			Files.copy(file, library);
		}
		return library;
	}

	private static InputStream open(String resource) {
		return NodeStream.class.getResourceAsStream(resource);
	}

	@Override
	public void close() {
		this.node.close();
	}

}
