package lectern.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import lectern.launcher.training.TrainingLoad;
import org.jspecify.annotations.Nullable;

/**
 * Makes AOT caches: starts a Lectern of its own, with a new data folder and on free
 * ports, lets it work, and stops the services, whose JVMs then write what they have
 * learned. A Lectern that serves users can run meanwhile.
 */
final class Training {

	/**
	 * Free space that a training needs, in bytes: a data folder, the caches, and what the
	 * JVM of one service at a time writes before, four times as much as its cache.
	 */
	static final long MIN_FREE_BYTES = 1500L * 1024 * 1024;

	private static final int PORT_ATTEMPTS = 20;

	/**
	 * Above the ports that Lectern usually has, below those that systems give clients.
	 */
	private static final int FIRST_PORT = 18080;

	private static final int PORT_STEP = 10;

	private final LauncherSettings settings;

	private final LauncherConsole console;

	private final Work work;

	private volatile @Nullable LecternStack stack;

	/**
	 * @param settings those of the Lectern that will use the caches
	 * @param work what the services do
	 */
	Training(LauncherSettings settings, LauncherConsole console, Work work) {
		this.settings = settings;
		this.console = console;
		this.work = work;
	}

	/**
	 * Make the caches. An interruption leaves the ones that were there.
	 * @throws StartupException if it fails; the message says what the user can do
	 */
	void run() throws InterruptedException {
		AotCaches caches = new AotCaches(this.settings, this.console);
		if (caches.areOverridden()) {
			throw new StartupException(
					"LECTERN_JAVA_OPTIONS has an option that begins with -XX:AOT, so no caches are used: remove it.");
		}
		new Installation(this.settings.root()).requireServices();
		try {
			PrivateFiles.createFolder(this.settings.cacheFolder());
			try (FileChannel _ = lock()) {
				prepareFolder();
				train();
				for (String service : Installation.SERVICES) {
					stopService(service, caches);
				}
			}
		}
		catch (IOException ex) {
			throw new StartupException("The training failed (" + ex.getClass().getSimpleName() + ": " + ex.getMessage()
					+ "): free some space for the folder " + this.settings.cacheFolder()
					+ " or correct its permissions, or set LECTERN_CACHE to another one.");
		}
	}

	private FileChannel lock() throws IOException {
		FileChannel channel = FileChannel.open(this.settings.cacheFolder().resolve("lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() != null) {
				return channel;
			}
		}
		catch (OverlappingFileLockException _) {
			// This process holds it.
		}
		channel.close();
		throw new StartupException("Another lectern train uses the folder " + this.settings.cacheFolder() + ".");
	}

	/** Remove what a training has left that was killed. */
	private void prepareFolder() throws IOException, InterruptedException {
		if (Files.exists(dataFolder())) {
			OrphanReaper.stopOrphans(dataFolder().toRealPath(), this.console);
		}
		PrivateFiles.deleteFolder(folder());
		PrivateFiles.createFolder(folder());
		long free = Files.getFileStore(folder()).getUsableSpace();
		if (free < MIN_FREE_BYTES) {
			throw new StartupException("The disk of " + this.settings.cacheFolder() + " has " + free / (1024 * 1024)
					+ " MB free, and a training needs " + MIN_FREE_BYTES / (1024 * 1024)
					+ " MB: free some space, or set LECTERN_CACHE to a folder on another disk.");
		}
	}

	private void train() throws IOException, InterruptedException {
		LauncherSettings own = ownSettings(freePorts());
		LecternStack started = new LecternStack(own, this::printWarning, ownEnvironment(),
				(service, _) -> AotOptions.withDelayedOptimization("-XX:AOTCacheOutput=" + output(service)));
		this.stack = started;
		this.console.printLine("Starting a Lectern for the training ...");
		started.start();
		this.console.printLine("It works ...");
		this.work.run(started, own);
	}

	/** Return the work of a busy Lectern. */
	static Work busyFor(Duration length, LauncherConsole console) {
		return (lectern, settings) -> {
			lectern.startDemo();
			URI gateway = URI.create(settings.gatewayUrl("127.0.0.1"));
			long requests = new TrainingLoad(gateway, settings.adminPassword().orElseThrow()).run(length);
			lectern.stopDemo();
			console.printLine(String.format(Locale.ROOT, "It has answered %,d requests.", requests));
		};
	}

	/** The user must not take the Lectern of the training for the own one. */
	private void printWarning(String line) {
		if (line.contains("is still starting") || line.contains("ended with exit code")) {
			this.console.printLine("  " + line);
		}
	}

	private LauncherSettings ownSettings(Ports ports) {
		return new LauncherSettings(this.settings.root(), dataFolder(), ports,
				Optional.of(UUID.randomUUID().toString()), this.settings.javaOptions(), this.settings.startTimeout(),
				folder().resolve("erasures"), this.settings.logFormat(), this.settings.backupDays(),
				this.settings.cacheFolder(), Optional.empty());
	}

	/**
	 * The settings of the services are left out: an outside issuer would not know the
	 * readers of the training.
	 */
	private static Map<String, String> ownEnvironment() {
		Map<String, String> environment = new LinkedHashMap<>(System.getenv());
		environment.keySet().retainAll(ServiceProgram.INHERITED_VARIABLES);
		return environment;
	}

	private static Ports freePorts() {
		StartupException failure = null;
		for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
			try {
				Ports ports = new Ports(FIRST_PORT + PORT_STEP * attempt);
				ports.requireAvailable();
				return ports;
			}
			catch (StartupException ex) {
				failure = ex;
			}
		}
		throw new StartupException("A training needs ports from " + FIRST_PORT + " on that no program uses. "
				+ ((failure != null) ? failure.userMessage() : ""));
	}

	private void stopService(String service, AotCaches caches) throws IOException, InterruptedException {
		LecternStack running = this.stack;
		if (running == null) {
			return;
		}
		this.console.printLine("Writing the cache of " + service + " ...");
		List<String> log = running.stopWhileBusy(service);
		Path written = output(service);
		// The JVM leaves this file if the second one that it starts has failed.
		Path configuration = written.resolveSibling(written.getFileName() + ".config");
		if (!Files.exists(written) || Files.exists(configuration)) {
			throw new StartupException(
					"The JVM of " + service + " wrote no cache; its log ends with\n  " + String.join("\n  ", log));
		}
		caches.replace(service, new Installation(this.settings.root()).jar(service), written);
	}

	private Path folder() {
		return this.settings.cacheFolder().resolve("training");
	}

	private Path dataFolder() {
		return folder().resolve("data");
	}

	private Path output(String service) {
		return folder().resolve(service + ".aot");
	}

	/** Stop the Lectern of the training, and delete its files. */
	void stop() throws IOException, InterruptedException {
		LecternStack running = this.stack;
		if (running != null) {
			running.stop();
			PrivateFiles.deleteFolder(folder());
		}
	}

	/** What the Lectern of a training does. */
	@FunctionalInterface
	interface Work {

		/**
		 * Do it, and return when it is done.
		 * @param lectern the Lectern, which is ready
		 * @param settings its settings
		 */
		void run(LecternStack lectern, LauncherSettings settings) throws IOException, InterruptedException;

	}

}
