package lectern.bench.row;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.bench.peer.LecternPeer;
import lectern.bench.peer.NchanPeer;
import lectern.bench.peer.Peer;

/** Starts what is measured, and stops all of it when it is closed. */
public final class Peers implements AutoCloseable {

	private final Settings settings;

	private final Console console;

	private final List<Peer> started = new ArrayList<>();

	/** For each second of the warm-up. */
	private static final int WARM_UP_WRITES = 100;

	private @Nullable LecternPeer warm;

	private volatile boolean stopping;

	public Peers(Settings settings, Console console) {
		this.settings = settings;
		this.console = console;
	}

	/** How it is measured. */
	Settings settings() {
		return this.settings;
	}

	/** A Lectern whose Java has been warmed up, the same for all rows. */
	LecternPeer warmLectern() throws IOException {
		LecternPeer lectern = this.warm;
		if (lectern == null) {
			lectern = newLectern();
			warmUp(lectern);
			this.warm = lectern;
		}
		return lectern;
	}

	private void warmUp(LecternPeer lectern) throws IOException {
		Duration half = this.settings.warmUp().dividedBy(2);
		// A service that has run for a day has compiled its writes; five a second would
		// not.
		int writes = (int) this.settings.warmUp().toSeconds() * WARM_UP_WRITES;
		for (int write = 0; write < writes; write++) {
			lectern.publish(1);
		}
		this.console.say("Lectern warms up: " + writes + " writes");
		try (Session session = Session.open(lectern, this.settings)) {
			this.console.say("Lectern warms up: " + session.run(Settings.RATE, 1, half).summary());
			this.console.say("Lectern warms up: " + session.run(Settings.RATE, 10, half).summary());
		}
	}

	/** A Lectern that nothing was done with. Others are stopped: they would cost. */
	LecternPeer newLectern() throws IOException {
		close();
		if (this.stopping) {
			throw new IOException("The bench is being stopped");
		}
		this.console.say("Lectern starts ...");
		LecternPeer lectern = LecternPeer.start(this.settings.root(), this.settings.javaOptions());
		keep(lectern);
		return lectern;
	}

	/**
	 * nchan in the variants that could be its best; none where it is not to be had.
	 * @param frame bytes of an event on the wire
	 */
	List<Peer> nchans(int frame) throws IOException {
		if (!this.settings.nchan()) {
			return List.of();
		}
		List<Peer> variants = new ArrayList<>();
		for (int workers = 2; workers >= 1; workers--) {
			Peer nchan = NchanPeer.start(workers, frame);
			keep(nchan);
			variants.add(nchan);
		}
		return variants;
	}

	/** The Lectern that runs last, or a new one. */
	public LecternPeer anyLectern() throws IOException {
		for (Peer peer : List.copyOf(this.started)) {
			if (peer instanceof LecternPeer lectern) {
				return lectern;
			}
		}
		return newLectern();
	}

	private synchronized void keep(Peer peer) {
		this.started.add(peer);
	}

	synchronized void stop(Peer peer) throws IOException {
		if (this.started.remove(peer)) {
			peer.close();
		}
	}

	/** Start nothing any more. */
	public void startNoMore() {
		this.stopping = true;
	}

	/** Stop all that run. */
	@Override
	public synchronized void close() throws IOException {
		this.warm = null;
		while (!this.started.isEmpty()) {
			this.started.removeLast().close();
		}
	}

}
