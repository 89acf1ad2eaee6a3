package lectern.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Copies a cluster that changes meanwhile, between {@code pg_backup_start} and
 * {@code pg_backup_stop}.
 *
 * @see <a href=
 * "https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP-DATA">Backing
 * up the data directory</a>
 */
final class ClusterCopy extends SimpleFileVisitor<Path> {

	/** What is in them belongs to the running server. */
	private static final Set<String> EMPTY_FOLDERS = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
			"pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

	private static final Set<String> OMITTED_FILES = Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init",
			"backup_label", "tablespace_map", "recovery.signal", "standby.signal");

	private final Path source;

	private final Path target;

	private final LongConsumer progress;

	private final List<CopiedFile> files = new ArrayList<>();

	private ClusterCopy(Path source, Path target, LongConsumer progress) {
		this.source = source;
		this.target = target;
		this.progress = progress;
	}

	/**
	 * Copy the cluster of a data folder.
	 * @param source the data folder
	 * @param target the folder to copy to
	 * @param progress takes the bytes of each part that was copied
	 * @return the files
	 */
	static List<CopiedFile> copy(Path source, Path target, LongConsumer progress) throws IOException {
		ClusterCopy copy = new ClusterCopy(source, target, progress);
		Files.walkFileTree(source.resolve(DataFolder.CLUSTER_FOLDER), copy);
		return copy.files;
	}

	@Override
	public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
		String name = folder.getFileName().toString();
		if (name.startsWith("pgsql_tmp")) {
			return FileVisitResult.SKIP_SUBTREE;
		}
		PrivateFiles.createFolder(this.target.resolve(this.source.relativize(folder)));
		return EMPTY_FOLDERS.contains(name) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
		String name = file.getFileName().toString();
		if (!OMITTED_FILES.contains(name) && !name.startsWith("pgsql_tmp")) {
			String path = this.source.relativize(file).toString();
			try {
				this.files.add(CopiedFile.copy(this.source, this.target, path, this.progress));
				PrivateFiles.force(this.target.resolve(path));
			}
			catch (NoSuchFileException _) {
				// Dropped meanwhile. The write-ahead log says so.
				Files.deleteIfExists(this.target.resolve(path));
			}
		}
		return FileVisitResult.CONTINUE;
	}

	/** A file may be dropped after its folder was listed. */
	@Override
	public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
		if (failure instanceof NoSuchFileException) {
			return FileVisitResult.CONTINUE;
		}
		throw failure;
	}

	@Override
	public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
		if (failure != null) {
			throw failure;
		}
		PrivateFiles.force(this.target.resolve(this.source.relativize(folder)));
		return FileVisitResult.CONTINUE;
	}

}
