package lectern.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of PostgreSQL, unpacked into the data folder from the archive in the
 * library for this platform.
 */
final class PostgresBinaries {

	private static final String EXECUTABLE_PERMISSIONS = "rwx------";

	private final Path home;

	private PostgresBinaries(Path home) {
		this.home = home;
	}

	/** Return the full version of the bundled PostgreSQL, such as {@code 18.4.0}. */
	static String version() throws IOException {
		try (InputStream stream = resource("postgresql.properties")) {
			Properties properties = new Properties();
			properties.load(stream);
			return properties.getProperty("version");
		}
	}

	/** Return the major version, which decides whether a cluster can be opened. */
	static String majorVersion() throws IOException {
		return version().split("\\.", 2)[0];
	}

	/**
	 * Unpack the programs if they are missing. They are unpacked into a temporary folder
	 * that is renamed at the end, so an interrupted attempt is repeated from the start.
	 * @param data the data folder
	 * @throws StartupException if there are no programs for this platform
	 * @throws IOException if the programs cannot be written
	 */
	static PostgresBinaries unpack(Path data) throws IOException {
		Path home = data.resolve("postgresql-" + version());
		if (!Files.isDirectory(home)) {
			Path unfinished = data.resolve(home.getFileName() + ".unpacking");
			PrivateFiles.deleteFolder(unfinished);
			PrivateFiles.createFolder(unfinished);
			String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
			try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + name)) {
				if (archive == null) {
					throw new StartupException("This installation of Lectern has no PostgreSQL for "
							+ System.getProperty("os.name") + ", since the distribution is for Linux: start Lectern "
							+ "from a checkout of its sources.");
				}
				extract(archive, unfinished);
			}
			Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
		}
		return new PostgresBinaries(home);
	}

	/**
	 * Return the name of the archive for a platform.
	 * @param system the value of {@code os.name}
	 * @param architecture the value of {@code os.arch}
	 * @throws StartupException if the platform is not supported
	 */
	static String archiveName(String system, String architecture) {
		String name = system.toLowerCase(Locale.ROOT);
		boolean mac = name.startsWith("mac");
		boolean arm = architecture.equals("aarch64");
		if ((!mac && !name.startsWith("linux")) || !(arm || architecture.matches("amd64|x86_64"))) {
			throw new StartupException("Lectern has no PostgreSQL for " + system + " on " + architecture
					+ ": run it on Linux or macOS, on x86-64 or ARM64.");
		}
		return "postgres-" + (mac ? "darwin" : "linux") + (arm ? "-arm_64" : "-x86_64") + ".txz";
	}

	private static InputStream resource(String name) throws IOException {
		InputStream stream = PostgresBinaries.class.getResourceAsStream(name);
		if (stream == null) {
			throw new IOException(name + " is missing from the class path");
		}
		return stream;
	}

	private static void extract(InputStream archive, Path folder) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(
				new XZCompressorInputStream(new BufferedInputStream(archive)))) {
			for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
				write(tar, entry, folder);
			}
		}
	}

	private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
		Path file = folder.resolve(entry.getName()).normalize();
		if (!file.startsWith(folder)) {
			throw new IOException("The archive entry " + entry.getName() + " is outside of the target folder");
		}
		if (entry.isDirectory()) {
			Files.createDirectories(file);
			return;
		}
		Files.createDirectories(file.getParent());
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
			return;
		}
		Files.copy(tar, file);
		if ((entry.getMode() & 0100) != 0) {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(EXECUTABLE_PERMISSIONS));
		}
	}

	/**
	 * Return the path of a program.
	 * @param name {@code initdb}, {@code pg_ctl} or {@code postgres}
	 */
	Path program(String name) {
		return this.home.resolve("bin").resolve(name);
	}

}
