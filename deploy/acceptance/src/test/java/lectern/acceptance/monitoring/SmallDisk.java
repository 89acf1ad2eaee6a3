package lectern.acceptance.monitoring;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A disk of its own, in memory, which a test can fill without harm to the machine. */
final class SmallDisk implements AutoCloseable {

	private static final String SIZE = "2g";

	private static final int BLOCK_BYTES = 1 << 20;

	private final Path folder;

	private final boolean mounted;

	private SmallDisk(Path folder, boolean mounted) {
		this.folder = folder;
		this.mounted = mounted;
	}

	/** Mount it; without the permission to mount, it is a folder of the usual disk. */
	static SmallDisk mount(Path folder) throws IOException {
		return new SmallDisk(folder,
				run("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + SIZE, "none", folder.toString()));
	}

	boolean isMounted() {
		return this.mounted;
	}

	Path folder() {
		return this.folder;
	}

	/** Fill it until only this share of it is free, and return what frees it again. */
	FaultEnd fill(double free) throws IOException {
		Path filler = this.folder.resolve("filler");
		byte[] block = new byte[BLOCK_BYTES];
		try (OutputStream output = Files.newOutputStream(filler)) {
			while (this.folder.toFile().getUsableSpace() > free * this.folder.toFile().getTotalSpace()) {
				output.write(block);
			}
		}
		return () -> Files.delete(filler);
	}

	@Override
	public void close() throws IOException {
		if (this.mounted) {
			assertThat(run("umount", this.folder.toString())).isTrue();
		}
	}

	private static boolean run(String... command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			return process.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
