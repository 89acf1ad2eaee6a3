package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import tools.jackson.databind.JsonNode;

/** A client of one stream in a Node.js process, with a package of npm. */
final class NodeStreamClient implements AutoCloseable {

	private static final String SCRIPT = """
			const EventSource = require(process.argv[1]);
			const source = new EventSource(process.argv[2]);
			const report = (seen) => console.log(JSON.stringify(seen));
			source.onopen = () => report({ name: 'open' });
			for (const name of ['message', 'reset', 'end']) {
			  source.addEventListener(name, ({ data, lastEventId }) => report({ name, id: lastEventId, data }));
			}
			""";

	private final ReceivedEvents receivedEvents = new ReceivedEvents();

	private final RunningProgram node;

	private NodeStreamClient(List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(PlaywrightDriver.nodeExecutable().toString()));
		command.addAll(arguments);
		this.node = RunningProgram.start(command, this::onOutputLine);
	}

	/**
	 * Subscribe with eventsource 2, which is in Maven Central. Its file is written to the
	 * folder.
	 */
	static NodeStreamClient connect(String url, Path folder) throws IOException, InterruptedException {
		return connect(List.of("--no-deprecation", "--eval", SCRIPT, extractLibrary(folder).toString(), url));
	}

	/** Subscribe with an installed package. */
	static NodeStreamClient connect(NpmPackages packages, String name, String url)
			throws IOException, InterruptedException {
		return connect(List.of(packages.file("stream.mjs").toString(), name, url));
	}

	private static NodeStreamClient connect(List<String> arguments) throws IOException, InterruptedException {
		NodeStreamClient stream = new NodeStreamClient(arguments);
		stream.receivedEvents.awaitOpen();
		return stream;
	}

	private void onOutputLine(String line) {
		JsonNode seen = JsonTrees.parse(line);
		if (seen.path("name").asString().equals("open")) {
			this.receivedEvents.onOpen();
		}
		else {
			this.receivedEvents.add(ReceivedEvent.parse(seen));
		}
	}

	ReceivedEvents receivedEvents() {
		return this.receivedEvents;
	}

	/** The library's single file, extracted from its WebJar. */
	private static Path extractLibrary(Path folder) throws IOException {
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
		return NodeStreamClient.class.getResourceAsStream(resource);
	}

	@Override
	public void close() {
		this.node.close();
	}

}
