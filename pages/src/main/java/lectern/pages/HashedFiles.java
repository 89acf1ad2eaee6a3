package lectern.pages;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes files under names that have a hash of the content, so that caches never ask
 * again, and beside each its compressed form.
 */
final class HashedFiles {

	/** Hexadecimal digits; 40 bits tell the versions of a few hundred files apart. */
	private static final int HASH_LENGTH = 10;

	private final Path folder;

	/**
	 * Write the files of a folder.
	 * @param folder the folder, whose content is served below the address of all files
	 */
	HashedFiles(Path folder) {
		this.folder = folder;
	}

	/** Write a file, and return its address. */
	String write(String path, byte[] content) throws IOException {
		int dot = path.lastIndexOf('.');
		String hash = HexFormat.of().formatHex(Sha256.digest(content)).substring(0, HASH_LENGTH);
		String hashed = path.substring(0, dot) + "." + hash + path.substring(dot);
		Path file = this.folder.resolve(hashed);
		Files.createDirectories(file.getParent());
		Files.write(file, content);
		compress(content, file.resolveSibling(file.getFileName() + ".gz"));
		return ScriptModuleParser.ASSETS + hashed;
	}

	private static void compress(byte[] content, Path file) throws IOException {
		try (OutputStream compressed = new SmallGzipOutputStream(Files.newOutputStream(file))) {
			compressed.write(content);
		}
	}

	/** Compresses as much as possible; without a time, so equal content is equal. */
	private static final class SmallGzipOutputStream extends GZIPOutputStream {

		SmallGzipOutputStream(OutputStream out) throws IOException {
			super(out);
			this.def.setLevel(Deflater.BEST_COMPRESSION);
		}

	}

}
