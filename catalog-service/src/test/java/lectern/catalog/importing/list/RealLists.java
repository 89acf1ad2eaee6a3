package lectern.catalog.importing.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real lists, which lie beside the project's folder. */
public final class RealLists {

	private static final Path LISTS = Path.of("../shared/data/free-programming-books/books");

	private RealLists() {
	}

	public static List<Path> files() throws IOException {
		for (Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath(); at != null; at = at.getParent()) {
			Path lists = at.resolve(LISTS).normalize();
			if (Files.isDirectory(lists)) {
				try (Stream<Path> files = Files.list(lists)) {
					return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
				}
			}
		}
		throw new AssertionError("The real lists are missing: this test reads them from " + LISTS
				+ " beside the project's folder. Put the data there and run it again.");
	}

}
