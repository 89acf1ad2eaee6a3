package lectern.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The log file of a program's current run. The log of the previous run is kept beside it.
 *
 * @param path the file of the current run
 */
record ProgramLogFile(Path path) {

	private static final int TAIL_BYTES = 8192;

	/** Start a new file and keep the previous one with the suffix {@code .1}. */
	void rotate() throws IOException {
		if (Files.exists(this.path)) {
			Files.move(this.path, this.path.resolveSibling(this.path.getFileName() + ".1"),
					StandardCopyOption.REPLACE_EXISTING);
		}
		Files.createFile(this.path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
	}

	/** Return the last lines; fewer than requested if they are longer than 8 KB. */
	List<String> tail(int count) {
		try (var channel = Files.newByteChannel(this.path)) {
			long from = Math.max(0, channel.size() - TAIL_BYTES);
			var bytes = java.nio.ByteBuffer.allocate(TAIL_BYTES);
			channel.position(from).read(bytes);
			List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).lines()
				.toList();
			return lines.subList(Math.max(0, lines.size() - count), lines.size());
		}
		catch (IOException ex) {
			return List.of();
		}
	}

}
