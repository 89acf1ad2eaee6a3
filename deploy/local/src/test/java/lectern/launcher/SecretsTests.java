package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	@TempDir
	Path folder;

	private final List<String> consoleLines = new ArrayList<>();

	@Test
	void databasePasswordIsStablePerRole() throws IOException {
		String first = new Secrets(this.folder).databasePassword("catalog");

		assertThat(new Secrets(this.folder).databasePassword("catalog")).isEqualTo(first).hasSize(24);
		assertThat(new Secrets(this.folder).databasePassword("progress")).isNotEqualTo(first);
	}

	@Test
	void passwordFilesAreReadableByOwnerOnly() throws IOException {
		Secrets secrets = new Secrets(this.folder);
		secrets.databasePassword("catalog");
		secrets.adminPassword(Optional.empty(), this.consoleLines::add);

		assertThat(permissions(secrets.passwordFile("catalog"))).isEqualTo("rw-------");
		assertThat(permissions(secrets.passwordFile("catalog").getParent())).isEqualTo("rwx------");
		assertThat(permissions(this.folder.resolve("admin-password"))).isEqualTo("rw-------");
	}

	@Test
	void generatedAdminPasswordIsPrintedOnceAndStored() throws IOException {
		String generated = new Secrets(this.folder).adminPassword(Optional.empty(), this.consoleLines::add);

		assertThat(new Secrets(this.folder).adminPassword(Optional.empty(), this.consoleLines::add))
			.isEqualTo(generated);
		assertThat(this.consoleLines).singleElement().asString().contains(generated);
	}

	@Test
	void configuredAdminPasswordIsNeitherPrintedNorStored() throws IOException {
		String password = new Secrets(this.folder).adminPassword(Optional.of("open sesame"), this.consoleLines::add);

		assertThat(password).isEqualTo("open sesame");
		assertThat(this.consoleLines).isEmpty();
		assertThat(this.folder).isEmptyDirectory();
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
