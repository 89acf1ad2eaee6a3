package lectern.acceptance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Chromium, or a browser made from it, that a machine has already. */
final class InstalledBrowser {

	private static final List<String> EXECUTABLE_NAMES = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable", "microsoft-edge", "brave-browser");

	/** Where macOS keeps programs that are on nobody's path. */
	private static final List<Path> MACOS_APPLICATIONS = Stream.of("Chromium", "Google Chrome", "Microsoft Edge")
		.map((name) -> Path.of("/Applications", name + ".app", "Contents", "MacOS", name))
		.toList();

	private InstalledBrowser() {
	}

	static Optional<Path> find() {
		return find(System.getenv("PATH"), MACOS_APPLICATIONS);
	}

	/** Look on a path for every name we know, then at some places. */
	static Optional<Path> find(String path, List<Path> places) {
		List<Path> folders = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(path)
			.map(Path::of)
			.toList();
		return Stream
			.concat(EXECUTABLE_NAMES.stream().flatMap((name) -> folders.stream().map((folder) -> folder.resolve(name))),
					places.stream())
			.filter(Files::isExecutable)
			.findFirst();
	}

}
