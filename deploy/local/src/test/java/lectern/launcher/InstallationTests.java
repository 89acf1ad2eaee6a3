package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InstallationTests {

	@TempDir
	Path home;

	@Test
	void checkoutHasJarInTheTargetFolderOfItsModule() throws IOException {
		Path jar = writeJar(this.home.resolve("gateway/target/lib/gateway-0.1.0-SNAPSHOT.jar"), "");

		assertThat(new Installation(this.home).jar("gateway")).isEqualTo(jar);
	}

	@Test
	void checkoutHasNewestJarOfSeveralVersions() throws IOException {
		Path newer = writeJar(this.home.resolve("gateway/target/lib/gateway-0.2.0.jar"), "");
		Path older = writeJar(this.home.resolve("gateway/target/lib/gateway-0.3.0.jar"), "");
		Files.setLastModifiedTime(older, FileTime.from(Instant.EPOCH));

		assertThat(new Installation(this.home).jar("gateway")).isEqualTo(newer);
	}

	@Test
	void distributionHasAllJarsInOneFolder() throws IOException {
		createDistribution();
		Path jar = writeJar(this.home.resolve("lib/gateway-0.1.0.jar"), "");
		writeJar(this.home.resolve("lib/spring-cloud-gateway-5.0.0.jar"), "");

		assertThat(new Installation(this.home).jar("gateway")).isEqualTo(jar);
	}

	@Test
	void missingJarIsNamed() throws IOException {
		createDistribution();

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> new Installation(this.home).jar("gateway"))
			.withMessage("The jar of gateway is missing in " + this.home.resolve("lib")
					+ ": unpack the archive of Lectern again.");
	}

	@Test
	void missingLibraryIsNamed() throws IOException {
		createDistribution();
		writeJar(this.home.resolve("lib/gateway-0.1.0.jar"), "there-1.0.jar away-2.0.jar");
		writeJar(this.home.resolve("lib/there-1.0.jar"), "");

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> new Installation(this.home).jar("gateway"))
			.withMessage("The library away-2.0.jar is missing in " + this.home.resolve("lib")
					+ ": unpack the archive of Lectern again.");
	}

	@Test
	void jarThatIsNoArchiveIsNamed() throws IOException {
		Path jar = this.home.resolve("gateway/target/lib/gateway-0.1.0.jar");
		Files.createDirectories(jar.getParent());
		Files.writeString(jar, "half of it");

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> new Installation(this.home).jar("gateway"))
			.withMessageStartingWith("The jar " + jar + " cannot be read (")
			.withMessageEndingWith("run ./lectern up, which builds it.");
	}

	private void createDistribution() throws IOException {
		Files.createFile(Files.createDirectory(this.home.resolve("bin")).resolve("lectern"));
	}

	private static Path writeJar(Path jar, String classPath) throws IOException {
		Files.createDirectories(jar.getParent());
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		if (!classPath.isEmpty()) {
			manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
		}
		new JarOutputStream(Files.newOutputStream(jar), manifest).close();
		return jar;
	}

}
