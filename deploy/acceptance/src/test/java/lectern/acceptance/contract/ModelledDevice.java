package lectern.acceptance.contract;

import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * A device of a reader, which executes valid operations at random on books that it has
 * for itself, so that it knows each answer beforehand.
 */
final class ModelledDevice {

	private final KnownReadings known;

	private final ChangeSteps changes;

	private final List<Step> steps;

	ModelledDevice(ContractClient client, String reader, List<String> books, Random random) {
		String path = "/api/v1/readers/" + reader;
		this.known = new KnownReadings(client, path + "/readings", books, random);
		UndoSteps undos = new UndoSteps(client, this.known, path);
		ReadSteps reads = new ReadSteps(client, this.known);
		this.changes = new ChangeSteps(client, this.known, undos);
		this.steps = List.of(this.changes::start, this.changes::start, this.changes::report, this.changes::report,
				this.changes::report, this.changes::report, this.changes::finish, this.changes::abandon,
				this.changes::reopen, this.changes::resume, this.changes::plan, this.changes::removePlan,
				undos::restore, undos::restore, undos::undo, undos::undo, undos::undo, undos::remove, reads::read,
				reads::read, reads::readPast, reads::readPast, reads::list, reads::readHistory,
				reads::refuseStaleChange, reads::refuseChangeWithoutVersion);
	}

	/** Execute an operation. */
	void step() throws IOException {
		if (this.known.all().isEmpty()) {
			this.changes.start();
		}
		else {
			this.known.choose(this.steps).run();
		}
	}

	/** Return the readings that it knows. */
	List<ModelledReading> all() {
		return this.known.all();
	}

	/** An operation of a device. */
	private interface Step {

		void run() throws IOException;

	}

}
