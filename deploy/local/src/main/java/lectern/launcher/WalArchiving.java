package lectern.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The continuous copy of PostgreSQL's write-ahead log into a folder of backups, seen from
 * the data folder. Its folder {@code backup} says where to, and whether it fails. The
 * first backup starts it.
 */
final class WalArchiving {

	static final String FOLDER = "backup";

	private static final String SCRIPT = "archive-wal.sh";

	private final Path folder;

	private final Path target;

	private final Path failed;

	private final Path stopped;

	private final Path lastBackup;

	WalArchiving(Path dataFolder) {
		this.folder = dataFolder.resolve(FOLDER);
		this.target = this.folder.resolve("folder");
		this.failed = this.folder.resolve("failed");
		this.stopped = this.folder.resolve("stopped");
		this.lastBackup = this.folder.resolve("last");
	}

	/**
	 * Return the settings of PostgreSQL. They never change, because a change of the first
	 * needs a restart; the script looks whether there is something to do.
	 */
	static Map<String, String> serverSettings() {
		return Map.of("archive_mode", "on", "archive_command", "sh ../" + FOLDER + "/" + SCRIPT + " %p %f");
	}

	/**
	 * Write what the server runs.
	 * @param erasureFolder the folder of the list of erasures, which is copied, too
	 */
	void install(Path erasureFolder) throws IOException {
		PrivateFiles.createFolder(this.folder);
		PrivateFiles.write(this.folder.resolve(SCRIPT), script(SCRIPT));
		PrivateFiles.write(this.folder.resolve("erasures"), erasureFolder + "\n");
		if (!Files.exists(this.lastBackup)) {
			// The first backup is due as long after now as any other after its
			// predecessor.
			PrivateFiles.write(this.lastBackup, "none\n");
		}
	}

	/**
	 * Store that a backup is complete. The age of the file is exported as a meter, so
	 * that somebody notices if there are no more, or never one.
	 */
	void recordBackup(Path backup) throws IOException {
		PrivateFiles.write(this.lastBackup, backup + "\n");
	}

	static String script(String name) throws IOException {
		try (InputStream script = Objects.requireNonNull(WalArchiving.class.getResourceAsStream(name))) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Return the folder of backups that the log is copied to; empty if to none. */
	Optional<Path> target() throws IOException {
		return Files.exists(this.target) ? Optional.of(Path.of(Files.readAllLines(this.target).getFirst()))
				: Optional.empty();
	}

	/**
	 * Copy the log to these folders of backups from now on, and to no others.
	 * @param backups more than one only until the first backup in the first of them is
	 * complete
	 */
	void start(Path... backups) throws IOException {
		Files.deleteIfExists(this.failed);
		Files.deleteIfExists(this.stopped);
		PrivateFiles.write(this.target,
				Stream.of(backups).map((folder) -> folder + "\n").collect(Collectors.joining()));
	}

	/** Forget the backups of the Lectern that this data folder was copied from. */
	void forgetBackups() throws IOException {
		stop();
		PrivateFiles.write(this.lastBackup, "none\n");
	}

	/** Copy the log no longer. */
	void stop() throws IOException {
		Files.deleteIfExists(this.target);
		Files.deleteIfExists(this.failed);
		Files.deleteIfExists(this.stopped);
	}

	/** Put a failure aside, so that a new one can be told from it. */
	void setFailureAside() throws IOException {
		for (Path file : List.of(this.failed, this.stopped)) {
			Files.deleteIfExists(aside(file));
			if (Files.exists(file)) {
				Files.move(file, aside(file), StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	/** Have the failure again that was put aside. */
	void putFailureBack() throws IOException {
		for (Path file : List.of(this.failed, this.stopped)) {
			if (Files.exists(aside(file))) {
				Files.move(aside(file), file, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private static Path aside(Path file) {
		return file.resolveSibling(file.getFileName() + ".before");
	}

	/** Return why the log is not copied at present; empty if it is. */
	Optional<String> failure() throws IOException {
		return Files.exists(this.failed) ? Optional.of(Files.readString(this.failed).strip()) : Optional.empty();
	}

	/** Print a warning if the log is not copied though it should be. */
	void warnOfFailure(LauncherConsole console) throws IOException {
		Optional<String> failure = failure();
		if (failure.isPresent()) {
			console.printLine("Warning: the write-ahead log " + (Files.exists(this.stopped) ? "is no longer" : "is not")
					+ " copied to the backups (" + failure.get() + "): correct this, and run lectern backup.");
		}
	}

}
