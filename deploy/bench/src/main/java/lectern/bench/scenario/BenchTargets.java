package lectern.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import lectern.bench.systems.BenchTarget;
import lectern.bench.systems.LecternFolder;
import lectern.bench.systems.LecternTarget;
import lectern.bench.systems.NchanTarget;
import org.jspecify.annotations.Nullable;

/** Starts the measured servers and stops all of them on close. */
public final class BenchTargets implements AutoCloseable {

	private final BenchSettings settings;

	private final BenchConsole console;

	private final List<BenchTarget> running = new ArrayList<>();

	/** Writes per second of the warm-up time. */
	private static final int WARM_UP_WRITES_PER_SECOND = 100;

	private @Nullable LecternTarget warmInstance;

	private volatile boolean stopping;

	public BenchTargets(BenchSettings settings, BenchConsole console) {
		this.settings = settings;
		this.console = console;
	}

	/** Return the settings of all scenarios. */
	BenchSettings settings() {
		return this.settings;
	}

	/** Return a warmed-up Lectern, which the scenarios share. */
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
		// In a service that has run for a day the code of writes is compiled. The
		// measured five writes per second would not get it compiled in this time.
		int writes = (int) this.settings.warmUpTime().toSeconds() * WARM_UP_WRITES_PER_SECOND;
		for (int write = 0; write < writes; write++) {
			lectern.publish(1);
		}
		this.console.printLine("Warm-up of Lectern: " + writes + " writes");
		try (DeliverySession session = DeliverySession.open(lectern, this.settings)) {
			this.console.printLine(
					"Warm-up of Lectern: " + session.measure(BenchSettings.EVENTS_PER_SECOND, 1, half).summary());
			this.console.printLine(
					"Warm-up of Lectern: " + session.measure(BenchSettings.EVENTS_PER_SECOND, 10, half).summary());
		}
	}

	/**
	 * Stop all other targets, which would use CPU and memory, and start a new Lectern.
	 */
	LecternTarget newLectern() throws IOException {
		return newLecterns(List.of("")).getFirst();
	}

	/**
	 * Stop all other targets, and start several Lecterns that differ in their settings.
	 * @param javaOptions for each of them additional JVM options of the services
	 */
	List<LecternTarget> newLecterns(List<String> javaOptions) throws IOException {
		close();
		List<LecternTarget> lecterns = new ArrayList<>();
		for (String options : javaOptions) {
			if (this.stopping) {
				throw new IOException("The bench is being stopped");
			}
			this.console.printLine("Starting Lectern ...");
			LecternTarget lectern = LecternTarget.start(this.settings.root(),
					(this.settings.javaOptions() + " " + options).strip());
			register(lectern);
			lecterns.add(lectern);
		}
		return lecterns;
	}

	/**
	 * Stop all other targets, and start a Lectern on a folder that is kept.
	 * @param caches the folder of AOT caches
	 */
	LecternTarget newLectern(LecternFolder folder, Path caches) throws IOException {
		close();
		if (this.stopping) {
			throw new IOException("The bench is being stopped");
		}
		LecternTarget lectern = LecternTarget.start(this.settings.root(), this.settings.javaOptions(), folder, caches);
		register(lectern);
		return lectern;
	}

	/**
	 * Start nchan with one and with two workers, because either can be the faster one.
	 * @param eventBytes the size of an event on the wire
	 * @return the variants; empty if nchan is not measured
	 */
	List<BenchTarget> startNchanVariants(int eventBytes) throws IOException {
		if (!this.settings.includeNchan()) {
			return List.of();
		}
		List<BenchTarget> variants = new ArrayList<>();
		for (int workers = 2; workers >= 1; workers--) {
			BenchTarget nchan = NchanTarget.start(workers, eventBytes);
			register(nchan);
			variants.add(nchan);
		}
		return variants;
	}

	/** Return a running Lectern, or start one. */
	public LecternTarget anyLectern() throws IOException {
		for (BenchTarget target : List.copyOf(this.running)) {
			if (target instanceof LecternTarget lectern) {
				return lectern;
			}
		}
		return newLectern();
	}

	private synchronized void register(BenchTarget target) {
		this.running.add(target);
	}

	synchronized void stop(BenchTarget target) throws IOException {
		if (this.running.remove(target)) {
			target.close();
		}
	}

	/** Start no more targets. */
	public void rejectNewTargets() {
		this.stopping = true;
	}

	/** Stop all running targets. */
	@Override
	public synchronized void close() throws IOException {
		this.warmInstance = null;
		while (!this.running.isEmpty()) {
			this.running.removeLast().close();
		}
	}

}
