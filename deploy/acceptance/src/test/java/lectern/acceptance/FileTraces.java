package lectern.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Searches all files of a folder, byte by byte. */
final class FileTraces {

	private final Path folder;

	FileTraces(Path folder) {
		this.folder = folder;
	}

	/** The binary form in which PostgreSQL stores a UUID, as a text of bytes. */
	static String bytesOf(UUID id) {
		byte[] bytes = ByteBuffer.allocate(16)
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array();
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * The files that contain any of these texts, as "file: number of the text". Files
	 * that disappear during the search are passed over.
	 */
	List<String> filesWith(String... texts) throws IOException {
		List<String> found = new ArrayList<>();
		try (Stream<Path> files = Files.walk(this.folder)) {
			for (Path file : files.filter(this::isData).toList()) {
				String content = read(file);
				for (int index = 0; index < texts.length; index++) {
					if (content.contains(texts[index])) {
						found.add(this.folder.relativize(file) + ": " + index);
					}
				}
			}
		}
		return found;
	}

	/** The programs of PostgreSQL are no data. */
	private boolean isData(Path file) {
		return Files.isRegularFile(file) && !this.folder.relativize(file).toString().startsWith("postgresql-");
	}

	private static String read(Path file) throws IOException {
		try {
			return Files.readString(file, StandardCharsets.ISO_8859_1);
		}
		catch (NoSuchFileException _) {
			return "";
		}
	}

}
