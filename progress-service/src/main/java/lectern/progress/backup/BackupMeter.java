package lectern.progress.backup;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;

/** The meters of backups. */
public enum BackupMeter implements DocumentedMeter {

	ARCHIVE_FAILURE_AGE("lectern.archive.failure.age", Type.GAUGE, """
			seconds since the write-ahead log cannot be copied to the backups; 0 if it can, or if there are none"""),

	BACKUP_AGE("lectern.backup.age", Type.GAUGE, """
			seconds since the last backup was complete; before the first one, since Lectern was first started""");

	private final MeterDefinition definition;

	BackupMeter(String name, Type type, String description) {
		this.definition = new MeterDefinition(name, type, description, "progress-service");
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
