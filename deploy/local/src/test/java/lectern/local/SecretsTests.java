package lectern.local;

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

	private final List<String> said = new ArrayList<>();

	@Test
	void aRoleKeepsItsPassword() throws IOException {
		String first = new Secrets(this.folder).databasePassword("catalog");

		assertThat(new Secrets(this.folder).databasePassword("catalog")).isEqualTo(first).hasSize(24);
		assertThat(new Secrets(this.folder).databasePassword("progress")).isNotEqualTo(first);
	}

	@Test
	void nobodyElseCanReadThem() throws IOException {
		Secrets secrets = new Secrets(this.folder);
		secrets.databasePassword("catalog");
		secrets.adminPassword(Optional.empty(), this.said::add);

		assertThat(permissions(secrets.file("catalog"))).isEqualTo("rw-------");
		assertThat(permissions(secrets.file("catalog").getParent())).isEqualTo("rwx------");
		assertThat(permissions(this.folder.resolve("admin-password"))).isEqualTo("rw-------");
	}

	@Test
	void theAdminsIsShownOnceAndKept() throws IOException {
		String made = new Secrets(this.folder).adminPassword(Optional.empty(), this.said::add);

		assertThat(new Secrets(this.folder).adminPassword(Optional.empty(), this.said::add)).isEqualTo(made);
		assertThat(this.said).hasSize(1).first().asString().contains(made);
	}

	@Test
	void theAdminsThatIsAskedForIsNeitherShownNorKept() throws IOException {
		String password = new Secrets(this.folder).adminPassword(Optional.of("open sesame"), this.said::add);

		assertThat(password).isEqualTo("open sesame");
		assertThat(this.said).isEmpty();
		assertThat(this.folder).isEmptyDirectory();
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
