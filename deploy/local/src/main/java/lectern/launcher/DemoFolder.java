package lectern.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import lectern.launcher.demo.DemoException;
import lectern.launcher.demo.DemoSettings;
import lectern.launcher.demo.DemoStore;
import org.jspecify.annotations.Nullable;

/** The folder of the demo in the data folder. Only its owner can read it. */
final class DemoFolder implements DemoStore {

	private final Path folder;

	DemoFolder(Path data) {
		this.folder = data.resolve("demo");
	}

	/**
	 * Return what the demo of a Lectern on this machine needs.
	 * @throws StartupException if that Lectern has a certificate, which is not one of
	 * 127.0.0.1
	 */
	static DemoSettings settings(LauncherSettings settings, LauncherConsole console) {
		if (settings.tls().isPresent()) {
			throw new StartupException("The demo does not use TLS: remove " + TlsFiles.CERTIFICATE + " and "
					+ TlsFiles.KEY + ", or do without the demo.");
		}
		Path data = settings.dataFolder();
		return new DemoSettings(URI.create(settings.gatewayUrl("127.0.0.1")), new DemoFolder(data),
				() -> adminPassword(settings), console::printLine);
	}

	private static String adminPassword(LauncherSettings settings) {
		try {
			return new Secrets(settings.dataFolder()).existingAdminPassword(settings.adminPassword());
		}
		catch (StartupException ex) {
			throw new DemoException(ex.userMessage());
		}
	}

	@Override
	public @Nullable String read() throws IOException {
		return Files.exists(stateFile()) ? Files.readString(stateFile()) : null;
	}

	@Override
	public void write(String text) throws IOException {
		PrivateFiles.write(stateFile(), text);
	}

	private Path stateFile() {
		return this.folder.resolve("state.json");
	}

	@Override
	public @Nullable Closeable tryLock() throws IOException {
		PrivateFiles.createFolder(this.folder);
		FileChannel channel = FileChannel.open(this.folder.resolve("lock"), StandardOpenOption.CREATE,
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
		return null;
	}

	@Override
	public void requestStop() throws IOException {
		PrivateFiles.write(stopFile(), "");
	}

	@Override
	public boolean isStopRequested() {
		return Files.exists(stopFile());
	}

	@Override
	public void withdrawStopRequest() throws IOException {
		Files.deleteIfExists(stopFile());
	}

	private Path stopFile() {
		return this.folder.resolve("stop");
	}

}
