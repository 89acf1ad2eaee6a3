package lectern.acceptance;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The installed Chromium, or a browser that is based on it. */
final class InstalledBrowser {

	private static final List<String> EXECUTABLE_NAMES = List.of("chromium", "chromium-browser", "google-chrome",
			"google-chrome-stable", "microsoft-edge", "brave-browser");

	/** The folders of macOS for programs that are not on the PATH. */
	private static final List<Path> MACOS_APPLICATIONS = Stream.of("Chromium", "Google Chrome", "Microsoft Edge")
		.map((name) -> Path.of("/Applications", name + ".app", "Contents", "MacOS", name))
		.toList();

	private InstalledBrowser() {
	}

	static Optional<Path> find() {
		return find(System.getenv("PATH"), MACOS_APPLICATIONS);
	}

	/** Search the PATH for all known names, then some fixed locations. */
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
