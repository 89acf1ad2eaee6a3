package lectern.progress.model;

import lectern.progress.model.ReadingCommand.ReportPosition;

/** Knows which mode each reader has chosen. */
@FunctionalInterface
public interface UpdateModes {

	/** The mode of a reader, at present. */
	PositionUpdateMode of(String reader);

	/** The same command, with the mode of its reader if it is a report. */
	default ReadingCommand applyTo(ReadingCommand command) {
		return (command instanceof ReportPosition report) ? report.withUpdateMode(of(report.reader())) : command;
	}

}
