package lectern.catalog.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import lectern.catalog.book.BookContent;
import lectern.catalog.learningpath.PathContent;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The documents that a new catalog starts with. Each file is the body of a PUT, and its
 * name is the id.
 */
record SeedFiles(SortedMap<String, BookContent> books, SortedMap<String, PathContent> paths) {

	private static final String SUFFIX = ".json";

	/** Read all files; blocks. */
	static SeedFiles read(JsonMapper mapper) {
		return new SeedFiles(read("books", BookContent.class, mapper), read("paths", PathContent.class, mapper));
	}

	private static <T> SortedMap<String, T> read(String folder, Class<T> type, JsonMapper mapper) {
		try {
			Resource[] files = new PathMatchingResourcePatternResolver()
				.getResources("classpath:seed/" + folder + "/*" + SUFFIX);
			SortedMap<String, T> documents = new TreeMap<>();
			Arrays.stream(files)
				.map((file) -> document(file, type, mapper))
				.forEach((document) -> documents.put(document.getKey(), document.getValue()));
			return documents;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static <T> Map.Entry<String, T> document(Resource file, Class<T> type, JsonMapper mapper) {
		String name = Objects.requireNonNull(file.getFilename());
		try (InputStream content = file.getInputStream()) {
			return Map.entry(name.substring(0, name.length() - SUFFIX.length()), mapper.readValue(content, type));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(name, ex);
		}
	}

}
