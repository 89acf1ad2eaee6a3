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

import org.jspecify.annotations.Nullable;

/**
 * The folder that everything lasting is kept in, held by one launcher at a time. Only its
 * owner can look inside.
 */
final class DataFolder implements AutoCloseable {

	/** Room that a start needs at least, in bytes: binaries, a new cluster, some log. */
	static final long MIN_FREE_BYTES = 500L * 1024 * 1024;

	private final Path path;

	private final FileChannel lock;

	private DataFolder(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Create the folder where it is missing and hold it until closed.
	 * @param path the folder
	 * @param room the bytes that must be free on its disk
	 * @throws StartupException if it cannot be written, is held by another launcher, or
	 * its disk is too full
	 */
	static DataFolder open(Path path, long room) {
		try {
			PrivateFiles.createFolder(path);
			Path real = path.toRealPath();
			FileChannel lock = acquireLock(real);
			DataFolder folder = new DataFolder(real, lock);
			PrivateFiles.createFolder(folder.logFolder());
			PrivateFiles.createFolder(folder.pidFolder());
			folder.requireFreeSpace(room);
			return folder;
		}
		catch (IOException ex) {
			throw unusableException(path, ex);
		}
	}

	/** Word a failure to write into the folder, such as a disk that filled up. */
	static StartupException unusableException(Path path, IOException ex) {
		return new StartupException(
				"The data folder " + path + " cannot be used (" + ex.getClass().getSimpleName() + ": " + ex.getMessage()
						+ "): free some space or mend its permissions, or set LECTERN_DATA to another folder.");
	}

	private static FileChannel acquireLock(Path path) throws IOException {
		FileChannel channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		if (tryLock(channel) == null) {
			channel.close();
			throw new StartupException("Lectern already runs on the data folder " + path
					+ ": use that one, or stop it, or set LECTERN_DATA and LECTERN_PORT to run a second one.");
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

	private void requireFreeSpace(long room) throws IOException {
		long free = Files.getFileStore(this.path).getUsableSpace();
		if (free < room) {
			close();
			throw new StartupException("The disk of the data folder " + this.path + " has " + megabytes(free)
					+ " MB free, and Lectern needs " + megabytes(room)
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
		return this.path.resolve("logs");
	}

	Path pidFolder() {
		return this.path.resolve("run");
	}

	/** Return the folder of the PostgreSQL cluster. */
	Path clusterFolder() {
		return this.path.resolve("database");
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
