package lectern.launcher.demo;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Fills a running Lectern with books that are free to read and with readers who read
 * them, through the public API alone. Started again it goes on from where its readers
 * are.
 */
public final class Demo {

	/** How often a running demo looks whether it was told to stop. */
	private static final Duration STOP_CHECK_INTERVAL = Duration.ofMillis(500);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

	/** A device that fails waits this long, at most, before it goes on. */
	private static final Duration MAX_FAILURE_DELAY = Duration.ofMinutes(1);

	/** More readers than these are not left out: then something else is wrong. */
	private static final int MAX_LEFT_OUT = 2;

	private final DemoSettings settings;

	private final StopSignal stop = new StopSignal();

	private final DemoApi api;

	private final List<Thread> threads = new ArrayList<>();

	private Demo(DemoSettings settings) {
		this.settings = settings;
		this.api = new DemoApi(settings.gateway(), this.stop);
	}

	/**
	 * Start the demo and return at once. What it does is printed, failures too.
	 */
	public static Demo start(DemoSettings settings) {
		Demo demo = new Demo(settings);
		demo.startThread("demo", demo::run);
		return demo;
	}

	/**
	 * Stop all readers and cancel their requests. They can be started again.
	 * @param limit the longest time to wait for them
	 */
	public void stop(Duration limit) throws InterruptedException {
		this.stop.stop();
		List<Thread> running = threads();
		running.forEach(Thread::interrupt);
		long end = System.nanoTime() + limit.toNanos();
		for (Thread thread : running) {
			thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
		}
		this.api.close();
	}

	private void run() {
		try (Closeable lock = this.settings.store().tryLock()) {
			if (lock == null) {
				throw new DemoException("Another process runs the demo of this data folder.");
			}
			this.settings.store().withdrawStopRequest();
			try {
				prepare();
				while (!this.settings.store().isStopRequested()) {
					this.stop.pause(STOP_CHECK_INTERVAL);
				}
			}
			finally {
				stopReaders();
			}
			print("The readers of the demo have stopped; lectern up --demo starts them again.");
		}
		catch (DemoException ex) {
			print("The demo has ended: " + ex.userMessage());
		}
		catch (IOException ex) {
			print("The demo has ended: the data folder cannot be used (" + ex.getMessage() + ").");
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	/** Stop the readers before the lock is released, so that they can be erased then. */
	private void stopReaders() throws InterruptedException {
		this.stop.stop();
		for (Thread thread : threads()) {
			if (thread != Thread.currentThread()) {
				thread.interrupt();
				thread.join(STOP_TIMEOUT);
			}
		}
		this.api.close();
	}

	/** Each reader goes on as soon as it is ready, while the others are prepared. */
	private void prepare() throws InterruptedException {
		DemoMemory memory = DemoMemory.open(this.settings.store());
		DemoCatalog catalog = DemoCatalog.read();
		if (!memory.state().imported()) {
			print("The demo is being prepared ...");
			DemoSession admin = new DemoSession(this.api, "admin", this.settings.adminPassword().get(), null);
			new DemoCurator(catalog, admin).bring(memory);
		}
		DemoAccounts accounts = new DemoAccounts(this.api, memory, catalog, this.stop);
		startReader(DemoCast.VISITOR, accounts, catalog, memory);
		AtomicInteger leftOut = new AtomicInteger();
		ConcurrentTasks.map(DemoCast.OTHERS, (reader) -> {
			try {
				return !this.settings.store().isStopRequested() && startReader(reader, accounts, catalog, memory);
			}
			catch (DemoException ex) {
				if (leftOut.incrementAndGet() > MAX_LEFT_OUT) {
					throw ex;
				}
				print("A reader of the demo is left out: " + ex.userMessage());
				return false;
			}
		});
		print("The demo has " + catalog.bookIds().size() + " books, " + catalog.pathIds().size()
				+ " learning paths and " + DemoCast.OTHERS.size()
				+ " readers who read on; lectern demo stop and lectern demo forget end it.");
	}

	private boolean startReader(DemoReader reader, DemoAccounts accounts, DemoCatalog catalog, DemoMemory memory)
			throws InterruptedException {
		DemoSession session = accounts.open(reader);
		SimulatedDevice device = device(reader, session, catalog, memory.state());
		startThread(session.handle(), () -> useDevice(reader, device));
		if (reader.equals(DemoCast.VISITOR)) {
			print("Sign in as " + session.handle() + " with the password " + accounts.password(session.handle()));
		}
		return true;
	}

	private SimulatedDevice device(DemoReader reader, DemoSession session, DemoCatalog catalog, DemoState state) {
		if (reader.equals(DemoCast.VISITOR)) {
			return new VisitorDevice(reader, session, state.idInCatalog(VisitorPast.LIVE_BOOK));
		}
		List<String> playlist = reader.playlist(catalog);
		return switch (reader.habit()) {
			case OFFLINE ->
				new DisconnectedDevice(reader, session, playlist, state::idInCatalog, this.stop, Clock.systemUTC());
			case BRISK, STEADY, SLOW ->
				new ConnectedDevice(reader, session, playlist, state::idInCatalog, Clock.systemUTC());
		};
	}

	/** A device goes on after failures, which it prints once until it works again. */
	private void useDevice(DemoReader reader, SimulatedDevice device) {
		try {
			int failures = 0;
			// The first report is early, whatever the habit is: pages live at once.
			Duration pause = reader.habit().nextPause(reader.random()).dividedBy(3);
			boolean going = true;
			while (going) {
				this.stop.pause(pause);
				try {
					going = device.readOn();
					failures = 0;
				}
				catch (AccountRefusedException ex) {
					print("A reader of the demo leaves: " + ex.userMessage());
					return;
				}
				catch (DemoException ex) {
					if (failures++ == 0) {
						print("A reader of the demo waits: " + ex.userMessage());
					}
				}
				pause = pauseAfter(reader.habit(), failures);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private static Duration pauseAfter(ReadingHabit habit, int failures) {
		Duration pause = habit.nextPause(RandomGenerator.getDefault());
		Duration longer = pause.multipliedBy(1L << Math.min(failures, 4));
		Duration longest = (pause.compareTo(MAX_FAILURE_DELAY) > 0) ? pause : MAX_FAILURE_DELAY;
		return (longer.compareTo(longest) > 0) ? longest : longer;
	}

	private void startThread(String name, Runnable task) {
		synchronized (this.threads) {
			this.threads.add(Thread.ofVirtual().name(name).start(task));
		}
	}

	private List<Thread> threads() {
		synchronized (this.threads) {
			return List.copyOf(this.threads);
		}
	}

	private void print(String line) {
		this.settings.console().accept(line);
	}

}
