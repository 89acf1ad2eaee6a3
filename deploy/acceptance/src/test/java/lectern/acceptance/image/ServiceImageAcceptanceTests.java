package lectern.acceptance.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import lectern.web.setting.EnvironmentVariables;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What Lectern adds to a base in the image of each service, and how it is configured. */
@ParameterizedClass
@MethodSource("images")
class ServiceImageAcceptanceTests {

	private static final int DEPENDENCIES = 0;

	private static final int LECTERN = 1;

	private static final String HOME = "opt/lectern/";

	private static final String START = HOME + "bin/start";

	private static final String USER = "10001:10001";

	private final String service;

	private final ImageArchive image;

	ServiceImageAcceptanceTests(String service, ImageArchive image) {
		this.service = service;
		this.image = image;
	}

	static Stream<Arguments> images() {
		return Modules.SERVICES.stream().map((service) -> Arguments.of(service, ImageArchive.read(service)));
	}

	@Test
	void imageStartsAsAnotherUserThanRoot() {
		assertThat(this.image.config().at("/config/User").asString()).isEqualTo(USER);
		assertThat(this.image.config().at("/config/WorkingDir").asString()).isEqualTo("/var/lib/lectern");
		assertThat(this.image.config().at("/config/Entrypoint").valueStream().map(JsonNode::asString))
			.containsExactly("/" + START);
		assertThat(this.image.config().at("/config/Cmd")).isEmpty();
	}

	/** A service would refuse a variable that it does not know. */
	@Test
	void variablesAreKnownAndNoneIsSecret() {
		Map<String, String> environment = this.image.environment();

		assertThat(environment).containsEntry("LECTERN_TOKENS_FOLDER", "/var/lib/lectern/tokens")
			.containsEntry("LECTERN_PROGRESS_ERASURE_FOLDER", "/var/lib/lectern/erasures");
		assertThat(EnvironmentVariables.known().explainUnknown(environment.keySet())).isNull();
		assertThat(environment.keySet()).noneMatch((name) -> name.matches(".*(PASSWORD|SECRET|KEY).*"));
	}

	@Test
	void librariesOfOthersAreInALayerOfTheirOwn() {
		assertThat(jars(DEPENDENCIES)).hasSizeGreaterThan(100)
			.noneMatch((name) -> name.startsWith("lectern-") || name.equals(this.service + ".jar"));
		assertThat(jars(LECTERN)).contains(this.service + ".jar")
			.allMatch((name) -> name.startsWith("lectern-") || name.equals(this.service + ".jar"));
		assertThat(this.image.files(LECTERN)).hasSize(jars(LECTERN).size() + 2).contains(START, HOME + "jvm.options");
	}

	@Test
	void jarsAreThoseOfTheClassPath() throws IOException {
		List<String> present = new ArrayList<>(jars(DEPENDENCIES));
		present.addAll(jars(LECTERN));
		present.remove(this.service + ".jar");

		try (JarInputStream jar = new JarInputStream(
				new ByteArrayInputStream(this.image.contents().get(HOME + "lib/" + this.service + ".jar")))) {
			String libraries = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
			assertThat(present).containsExactlyInAnyOrder(libraries.split(" "));
		}
	}

	@Test
	void nobodyCanWriteFilesOfTheImage() {
		assertThat(this.image.entries()).hasSizeGreaterThan(100).allSatisfy((entry) -> {
			assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
			assertThat(entry.getLongGroupId()).as(entry.getName()).isZero();
			boolean executable = entry.isDirectory() || entry.getName().equals(START);
			assertThat(entry.getMode() & 07777).as(entry.getName()).isEqualTo(executable ? 0755 : 0644);
		});
	}

	@Test
	void nothingTellsWhenTheImageWasBuilt() {
		assertThat(new TreeSet<>(this.image.entries()
			.stream()
			.filter((entry) -> !entry.isDirectory())
			.map(TarArchiveEntry::getLastModifiedTime)
			.toList())).hasSize(1).first().hasToString(this.image.config().path("created").asString());
	}

	/** So nothing has to be unpacked where a container may not execute anything. */
	@Test
	void nativeTransportIsUnpacked() {
		assertThat(this.image.files(DEPENDENCIES))
			.anyMatch((name) -> name.matches(HOME + "native/libnetty_transport_native_epoll_.+\\.so"));
		assertThat(this.image.text(HOME + "jvm.options")).contains("-Djava.library.path=/" + HOME + "native\n");
	}

	@Test
	void startExecutesTheServiceItself() {
		assertThat(this.image.text(START)).contains("-jar /" + HOME + "lib/" + this.service + ".jar \"$@\"\n")
			.containsPattern("\nexec java ");
	}

	private List<String> jars(int layer) {
		return this.image.files(layer)
			.stream()
			.filter((name) -> name.startsWith(HOME + "lib/"))
			.map((name) -> name.substring((HOME + "lib/").length()))
			.toList();
	}

}
