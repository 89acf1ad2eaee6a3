package lectern.launcher.demo;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;

import tools.jackson.core.JacksonException;

/** The state of the demo, stored at each change. */
final class DemoMemory {

	private final DemoStore store;

	private DemoState state;

	private DemoMemory(DemoStore store, DemoState state) {
		this.store = store;
		this.state = state;
	}

	/** Read the state of the earlier runs, or begin the first one. */
	static DemoMemory open(DemoStore store) {
		try {
			String text = store.read();
			return new DemoMemory(store, (text != null) ? DemoJson.read(text, DemoState.class)
					: DemoState.first(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
		}
		catch (IOException | JacksonException ex) {
			throw new DemoException(
					"What the demo has stored in the data folder cannot be read (" + ex.getMessage() + ").");
		}
	}

	synchronized DemoState state() {
		return this.state;
	}

	synchronized DemoState update(UnaryOperator<DemoState> change) {
		DemoState changed = change.apply(this.state);
		try {
			this.store.write(DemoJson.write(changed) + "\n");
		}
		catch (IOException ex) {
			throw new DemoException("The demo cannot write to the data folder (" + ex.getMessage() + ").");
		}
		this.state = changed;
		return changed;
	}

}
