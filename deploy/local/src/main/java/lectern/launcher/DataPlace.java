package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the database of a data folder has run: which folder on which machine. The file
 * {@code place} has it from the last start. A copy of a data folder contains the place of
 * the original, and so is recognised: both would give the same cursors to different
 * events. A restored folder has no such file.
 */
final class DataPlace {

	private static final String FILE_NAME = "place";

	private static final Path MACHINE_ID = Path.of("/etc/machine-id");

	private final Path file;

	private final Path database;

	DataPlace(Path dataFolder) {
		this.file = dataFolder.resolve(FILE_NAME);
		this.database = dataFolder.resolve(DataFolder.CLUSTER_FOLDER);
	}

	/**
	 * Return whether the database has never run in this place: it is new, copied,
	 * restored, or on another disk. A folder that was only renamed is the same place.
	 */
	boolean isNew() throws IOException {
		return !Files.exists(this.file) || !Files.readString(this.file).strip().equals(describe());
	}

	/** Store that the database runs here. */
	void record() throws IOException {
		PrivateFiles.write(this.file, describe() + "\n");
	}

	/** A container often has no machine id; then the disk has to do. */
	private String describe() throws IOException {
		String machine = Files.isReadable(MACHINE_ID) ? Files.readString(MACHINE_ID).strip() : "";
		return machine + " " + Files.getAttribute(this.database, "unix:dev") + ":"
				+ Files.getAttribute(this.database, "unix:ino");
	}

}
