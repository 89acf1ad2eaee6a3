package lectern.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DemoFolderTests {

	@TempDir
	Path data;

	@Test
	void oneHolderAtATime() throws IOException {
		DemoFolder folder = new DemoFolder(this.data);
		try (Closeable lock = folder.tryLock()) {
			assertThat(lock).isNotNull();
			assertThat(new DemoFolder(this.data).tryLock()).isNull();
		}
		try (Closeable lock = folder.tryLock()) {
			assertThat(lock).isNotNull();
		}
	}

	@Test
	void stateIsReadableByOwnerAlone() throws IOException {
		DemoFolder folder = new DemoFolder(this.data);
		assertThat(folder.read()).isNull();
		try (Closeable lock = folder.tryLock()) {
			assertThat(lock).isNotNull();
			folder.write("{}");
			folder.write("{\"generation\":2}");
		}
		assertThat(folder.read()).isEqualTo("{\"generation\":2}");
		assertThat(PosixFilePermissions
			.toString(Files.getPosixFilePermissions(this.data.resolve("demo").resolve("state.json"))))
			.isEqualTo("rw-------");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.data.resolve("demo"))))
			.isEqualTo("rwx------");
	}

	@Test
	void stopIsRequestedUntilItIsWithdrawn() throws IOException {
		DemoFolder folder = new DemoFolder(this.data);
		try (Closeable lock = folder.tryLock()) {
			assertThat(lock).isNotNull();
			assertThat(folder.isStopRequested()).isFalse();
			new DemoFolder(this.data).requestStop();
			assertThat(folder.isStopRequested()).isTrue();
			folder.withdrawStopRequest();
			assertThat(folder.isStopRequested()).isFalse();
		}
	}

}
