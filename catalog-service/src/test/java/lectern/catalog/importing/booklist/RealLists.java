package lectern.catalog.importing.booklist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real lists, in a directory next to the project. */
public final class RealLists {

	private static final Path LISTS = Path.of("../shared/data/free-programming-books/books");

	private RealLists() {
	}

	public static List<Path> files() throws IOException {
		for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
			Path lists = directory.resolve(LISTS).normalize();
			if (Files.isDirectory(lists)) {
				try (Stream<Path> files = Files.list(lists)) {
					return files.filter((file) -> file.toString().endsWith(".md")).sorted().toList();
				}
			}
		}
		throw new AssertionError(
				"The real lists are missing. Put the data next to the project, so that " + LISTS + " leads to it.");
	}

}
