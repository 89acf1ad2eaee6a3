package lectern.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * The folder that contains all persistent data. One launcher at a time holds it by a file
 * lock. Only its owner can read it.
 */
final class DataFolder implements AutoCloseable {

	/** Free space that a start requires, in bytes: binaries, a new cluster, some log. */
	static final long MIN_FREE_BYTES = 500L * 1024 * 1024;

	static final String CLUSTER_FOLDER = "database";

	static final String LOG_FOLDER = "logs";

	private final Path path;

	private final FileChannel lock;

	private DataFolder(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Create the folder if it is missing and lock it until it is closed.
	 * @param path the folder
	 * @param requiredBytes the bytes that must be free on its disk
	 * @throws StartupException if the folder cannot be written, is locked by another
	 * launcher or was written by a version with another data format, or if its disk is
	 * too full
	 */
	static DataFolder open(Path path, long requiredBytes) {
		try {
			PrivateFiles.createFolder(path);
			Path real = path.toRealPath();
			FileChannel lock = acquireLock(real);
			DataFolder folder = new DataFolder(real, lock);
			try {
				DataFormat.markOrVerify(real);
				PrivateFiles.createFolder(folder.logFolder());
				PrivateFiles.createFolder(folder.pidFolder());
				folder.requireFreeSpace(requiredBytes);
			}
			catch (IOException | StartupException ex) {
				folder.close();
				throw ex;
			}
			return folder;
		}
		catch (IOException ex) {
			throw unusableException(path, ex);
		}
	}

	/**
	 * Print a warning if other users can read or change the folder. Its permissions are
	 * not changed, because the user may have set them on purpose.
	 */
	void warnIfOpenToOthers(LauncherConsole console) throws IOException {
		String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(this.path));
		if (!permissions.endsWith("------")) {
			console.printLine("Warning: other users have access to the data folder " + this.path + " (" + permissions
					+ "), which contains passwords: run chmod 700 on it.");
		}
	}

	/** Describe a failure to write into the folder, such as a full disk. */
	static StartupException unusableException(Path path, IOException ex) {
		return StartupException.temporary(
				"The data folder " + path + " cannot be used (" + ex.getClass().getSimpleName() + ": " + ex.getMessage()
						+ "): free some space or correct its permissions, or set LECTERN_DATA to another folder.");
	}

	private static FileChannel acquireLock(Path path) throws IOException {
		FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		if (tryLock(channel) == null) {
			channel.close();
			throw StartupException.temporary("Lectern already runs on the data folder " + path
					+ ": use or stop that one, or set LECTERN_DATA and LECTERN_PORT to run a second one.");
		}
		channel.truncate(0);
		channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
		return channel;
	}

	private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	private void requireFreeSpace(long requiredBytes) throws IOException {
		long free = Files.getFileStore(this.path).getUsableSpace();
		if (free < requiredBytes) {
			throw StartupException.temporary("The disk of the data folder " + this.path + " has " + megabytes(free)
					+ " MB free, and Lectern needs " + megabytes(requiredBytes)
					+ " MB to start: free some space, or set LECTERN_DATA to a folder on another disk.");
		}
	}

	private static long megabytes(long bytes) {
		return bytes / (1024 * 1024);
	}

	Path path() {
		return this.path;
	}

	Path logFolder() {
		return this.path.resolve(LOG_FOLDER);
	}

	Path pidFolder() {
		return this.path.resolve("run");
	}

	/** Return the folder of the PostgreSQL cluster. */
	Path clusterFolder() {
		return this.path.resolve(CLUSTER_FOLDER);
	}

	Path pidFile(String program) {
		return pidFolder().resolve(program + ".pid");
	}

	Secrets secrets() {
		return new Secrets(this.path);
	}

	@Override
	public void close() throws IOException {
		this.lock.close();
	}

}
