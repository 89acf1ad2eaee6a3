package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AotCacheKeyTests {

	private static final List<String> OPTIONS = List.of("-Xmx256m", "-Dx=y");

	private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

	@TempDir
	Path folder;

	private Path jar;

	private Path library;

	@BeforeEach
	void createClassPath() throws IOException {
		this.jar = Files.writeString(this.folder.resolve("service.jar"), "service");
		this.library = Files.writeString(this.folder.resolve("library.jar"), "library");
		Files.setLastModifiedTime(this.jar, FileTime.from(TIME));
		Files.setLastModifiedTime(this.library, FileTime.from(TIME));
	}

	@Test
	void sameJavaOptionsAndFilesHaveSameKey() throws IOException {
		assertThat(key(OPTIONS)).isEqualTo(key(OPTIONS)).matches(AotCacheKey.PATTERN);
	}

	@Test
	void systemPropertyDoesNotCount() throws IOException {
		assertThat(key(List.of("-Xmx256m", "-Dx=other"))).isEqualTo(key(OPTIONS));
	}

	@Test
	void otherOptionHasOtherKey() throws IOException {
		assertThat(key(List.of("-Xmx1g", "-Dx=y"))).isNotEqualTo(key(OPTIONS));
	}

	@Test
	void rebuiltLibraryHasOtherKey() throws IOException {
		String before = key(OPTIONS);

		Files.setLastModifiedTime(this.library, FileTime.from(TIME.plusSeconds(1)));
		String later = key(OPTIONS);
		Files.writeString(this.library, "a longer library");
		Files.setLastModifiedTime(this.library, FileTime.from(TIME));

		assertThat(List.of(before, later, key(OPTIONS))).doesNotHaveDuplicates();
	}

	@Test
	void fractionOfSecondDoesNotCount() throws IOException {
		String before = key(OPTIONS);

		Files.setLastModifiedTime(this.library, FileTime.from(TIME.plusMillis(400)));

		assertThat(key(OPTIONS)).isEqualTo(before);
	}

	@Test
	void otherOrderOfClassPathHasOtherKey() throws IOException {
		assertThat(AotCacheKey.of(OPTIONS, List.of(this.library, this.jar)).value()).isNotEqualTo(key(OPTIONS));
	}

	@Test
	void missingLibraryHasNoKey() throws IOException {
		Files.delete(this.library);

		assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> key(OPTIONS));
	}

	private String key(List<String> options) throws IOException {
		return AotCacheKey.of(options, List.of(this.jar, this.library)).value();
	}

}
