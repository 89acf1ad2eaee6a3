package lectern.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * A file of a backup.
 *
 * @param path the path in the data folder
 * @param size the size in bytes
 * @param sha256 the checksum
 */
record CopiedFile(String path, long size, String sha256) {

	private static final int BUFFER_BYTES = 1 << 18;

	/**
	 * Copy a file so that only its owner can read the copy. The disk need not have it
	 * yet.
	 * @param source the folder that the path is relative to
	 * @param target the folder to copy to, with the same folders
	 * @param progress takes the bytes of each part that was copied
	 * @return what was copied, which may be more or less than there is after it
	 */
	static CopiedFile copy(Path source, Path target, String path, LongConsumer progress) throws IOException {
		MessageDigest digest = sha256Digest();
		Path copy = PrivateFiles.create(target.resolve(path));
		long size = 0;
		try (InputStream input = Files.newInputStream(source.resolve(path));
				OutputStream output = Files.newOutputStream(copy, StandardOpenOption.WRITE)) {
			byte[] buffer = new byte[BUFFER_BYTES];
			for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
				output.write(buffer, 0, count);
				digest.update(buffer, 0, count);
				size += count;
				progress.accept(count);
			}
		}
		return new CopiedFile(path, size, HexFormat.of().formatHex(digest.digest()));
	}

	/** Describe a file that is in the folder of the copies. */
	static CopiedFile describe(Path folder, String path) throws IOException {
		byte[] content = Files.readAllBytes(folder.resolve(path));
		return new CopiedFile(path, content.length, HexFormat.of().formatHex(sha256Digest().digest(content)));
	}

	private static MessageDigest sha256Digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			// Every JDK has it.
			throw new IllegalStateException(ex);
		}
	}

}
