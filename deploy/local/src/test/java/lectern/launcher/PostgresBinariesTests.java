package lectern.launcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresBinariesTests {

	@ParameterizedTest
	@CsvSource({ "Linux, amd64, postgres-linux-x86_64.txz", "Linux, aarch64, postgres-linux-arm_64.txz",
			"Mac OS X, x86_64, postgres-darwin-x86_64.txz", "Mac OS X, aarch64, postgres-darwin-arm_64.txz" })
	void bundlesArchiveForEachSupportedPlatform(String system, String architecture, String archive) {
		assertThat(PostgresBinaries.archiveName(system, architecture)).isEqualTo(archive);
		assertThat(PostgresBinaries.class.getResource("/" + archive)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "Windows 11, amd64", "Linux, riscv64" })
	void rejectsUnsupportedPlatform(String system, String architecture) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> PostgresBinaries.archiveName(system, architecture))
			.withMessageContaining("has no PostgreSQL for " + system);
	}

	@Test
	void bundledMajorVersionIs18() throws Exception {
		assertThat(PostgresBinaries.majorVersion()).isEqualTo("18");
	}

}
