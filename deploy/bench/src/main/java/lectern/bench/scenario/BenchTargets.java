package lectern.bench.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.targets.BenchTarget;
import lectern.bench.targets.LecternTarget;
import lectern.bench.targets.NchanTarget;
import org.jspecify.annotations.Nullable;

/** Starts what is measured, and stops all of it when it is closed. */
public final class BenchTargets implements AutoCloseable {

	private final BenchSettings settings;

	private final BenchConsole console;

	private final List<BenchTarget> running = new ArrayList<>();

	/** For each second of the warm-up. */
	private static final int WARM_UP_WRITES_PER_SECOND = 100;

	private @Nullable LecternTarget warmInstance;

	private volatile boolean stopping;

	public BenchTargets(BenchSettings settings, BenchConsole console) {
		this.settings = settings;
		this.console = console;
	}

	/** How it is measured. */
	BenchSettings settings() {
		return this.settings;
	}

	/** A Lectern whose Java has been warmed up, the same for all rows. */
	LecternTarget warmLectern() throws IOException {
		LecternTarget lectern = this.warmInstance;
		if (lectern == null) {
			lectern = newLectern();
			warmUp(lectern);
			this.warmInstance = lectern;
		}
		return lectern;
	}

	private void warmUp(LecternTarget lectern) throws IOException {
		Duration half = this.settings.warmUpTime().dividedBy(2);
		// A service that has run for a day has compiled its writes; five a second would
		// not.
		int writes = (int) this.settings.warmUpTime().toSeconds() * WARM_UP_WRITES_PER_SECOND;
		for (int write = 0; write < writes; write++) {
			lectern.publish(1);
		}
		this.console.printLine("Lectern warms up: " + writes + " writes");
		try (DeliverySession session = DeliverySession.open(lectern, this.settings)) {
			this.console
				.printLine("Lectern warms up: " + session.measure(BenchSettings.EVENTS_PER_SECOND, 1, half).summary());
			this.console
				.printLine("Lectern warms up: " + session.measure(BenchSettings.EVENTS_PER_SECOND, 10, half).summary());
		}
	}

	/** A Lectern that nothing was done with. Others are stopped: they would cost. */
	LecternTarget newLectern() throws IOException {
		close();
		if (this.stopping) {
			throw new IOException("The bench is being stopped");
		}
		this.console.printLine("Lectern starts ...");
		LecternTarget lectern = LecternTarget.start(this.settings.root(), this.settings.javaOptions());
		register(lectern);
		return lectern;
	}

	/**
	 * nchan in the variants that could be its best; none where it is not to be had.
	 * @param frame bytes of an event on the wire
	 */
	List<BenchTarget> startNchanVariants(int frame) throws IOException {
		if (!this.settings.includeNchan()) {
			return List.of();
		}
		List<BenchTarget> variants = new ArrayList<>();
		for (int workers = 2; workers >= 1; workers--) {
			BenchTarget nchan = NchanTarget.start(workers, frame);
			register(nchan);
			variants.add(nchan);
		}
		return variants;
	}

	/** The Lectern that runs last, or a new one. */
	public LecternTarget anyLectern() throws IOException {
		for (BenchTarget peer : List.copyOf(this.running)) {
			if (peer instanceof LecternTarget lectern) {
				return lectern;
			}
		}
		return newLectern();
	}

	private synchronized void register(BenchTarget peer) {
		this.running.add(peer);
	}

	synchronized void stop(BenchTarget peer) throws IOException {
		if (this.running.remove(peer)) {
			peer.close();
		}
	}

	/** Start nothing any more. */
	public void rejectNewTargets() {
		this.stopping = true;
	}

	/** Stop all that run. */
	@Override
	public synchronized void close() throws IOException {
		this.warmInstance = null;
		while (!this.running.isEmpty()) {
			this.running.removeLast().close();
		}
	}

}
