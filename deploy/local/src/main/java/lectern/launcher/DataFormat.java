package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The format of a data folder: a number in the file {@code format}, written when the
 * folder is new. The number grows with every change that an existing database cannot be
 * migrated over, so a folder of another format is refused before anything starts.
 */
final class DataFormat {

	/** The format that this version writes and reads. */
	static final int CURRENT = 2;

	/** Folders of format 1 were written before the file existed. */
	private static final String UNMARKED = "1";

	private static final String FILE_NAME = "format";

	private DataFormat() {
	}

	/**
	 * Mark a folder that has no database yet, and check the mark of one that has.
	 * @param dataFolder the data folder, held by this launcher
	 * @throws StartupException if an older or a newer version wrote the folder
	 */
	static void markOrVerify(Path dataFolder) throws IOException {
		Path file = dataFolder.resolve(FILE_NAME);
		if (!Files.exists(dataFolder.resolve(DataFolder.CLUSTER_FOLDER))) {
			PrivateFiles.write(file, CURRENT + "\n");
			return;
		}
		String found = Files.exists(file) ? Files.readString(file).strip() : UNMARKED;
		if (!found.matches("[0-9]{1,9}")) {
			throw new StartupException(
					"The file " + file + " contains no format number: restore the data folder from a "
							+ "backup, or set LECTERN_DATA to another folder.");
		}
		int format = Integer.parseInt(found);
		if (format < CURRENT) {
			throw new StartupException("The data folder " + dataFolder
					+ " was written by an older Lectern (data format " + format
					+ ") and this version reads only data format " + CURRENT
					+ ": export the catalog with the old version, or move the folder away and start with an empty one.");
		}
		if (format > CURRENT) {
			throw new StartupException("The data folder " + dataFolder + " was written by a newer Lectern (data format "
					+ format + ") and this version reads only data format " + CURRENT
					+ ": start the newer version, or set LECTERN_DATA to another folder.");
		}
	}

}
