package lectern.acceptance.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import lectern.acceptance.Modules;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An image as the build has written it, in the form of {@code docker save}.
 *
 * @param config its configuration
 * @param layers what is in the two layers of Lectern, dependencies first; layers of the
 * base come before them
 * @param contents the files of the last layer, by name
 */
record ImageArchive(JsonNode config, List<List<TarArchiveEntry>> layers, Map<String, byte[]> contents) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String WITHOUT_BASE = "-without-base";

	/** Whether the images can be run: the last build had the profile {@code image}. */
	static boolean haveBase() throws IOException {
		return !fileOf("gateway").toString().contains(WITHOUT_BASE);
	}

	/** The archive of a service that the last build has written. */
	static Path fileOf(String service) throws IOException {
		try (Stream<Path> files = Files.list(Modules.ROOT.resolve("deploy/image/target"))) {
			return files
				.filter((file) -> file.getFileName().toString().matches(service + "(" + WITHOUT_BASE + ")?\\.tar"))
				.max(Comparator.comparing((file) -> file.toFile().lastModified()))
				.orElseThrow();
		}
	}

	static ImageArchive read(String service) {
		try (InputStream content = Files.newInputStream(fileOf(service))) {
			Map<String, byte[]> files = new HashMap<>();
			forEachEntry(content, (entry, bytes) -> files.put(entry.getName(), bytes));
			JsonNode manifest = JSON.readTree(files.get("manifest.json")).path(0);
			List<String> names = manifest.path("Layers").valueStream().map(JsonNode::asString).toList();
			List<List<TarArchiveEntry>> layers = new ArrayList<>();
			Map<String, byte[]> contents = new HashMap<>();
			for (String name : names.subList(names.size() - 2, names.size())) {
				List<TarArchiveEntry> entries = new ArrayList<>();
				contents.clear();
				forEachEntry(new GZIPInputStream(new ByteArrayInputStream(files.get(name))), (entry, bytes) -> {
					entries.add(entry);
					contents.put(entry.getName(), bytes);
				});
				layers.add(entries);
			}
			return new ImageArchive(JSON.readTree(files.get(manifest.path("Config").asString())), layers, contents);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void forEachEntry(InputStream content, BiConsumer<TarArchiveEntry, byte[]> consumer)
			throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(content))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				consumer.accept(entry, tar.readAllBytes());
			}
		}
	}

	List<TarArchiveEntry> entries() {
		return this.layers.stream().flatMap(List::stream).toList();
	}

	/** The names of the files in one of the two layers. */
	List<String> files(int layer) {
		return this.layers.get(layer)
			.stream()
			.filter((entry) -> !entry.isDirectory())
			.map(TarArchiveEntry::getName)
			.toList();
	}

	/** A file of the last layer as text. */
	String text(String name) {
		return new String(this.contents.get(name), StandardCharsets.UTF_8);
	}

	/** The variables of the environment. */
	Map<String, String> environment() {
		return this.config.at("/config/Env")
			.valueStream()
			.map((variable) -> variable.asString().split("=", 2))
			.collect(Collectors.toMap((variable) -> variable[0], (variable) -> variable[1]));
	}

}
