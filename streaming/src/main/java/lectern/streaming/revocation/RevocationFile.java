package lectern.streaming.revocation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the known revocations on disk, so that a service that starts while
 * progress-service is away still rejects the tokens it has rejected before. It contains
 * the random ids of sessions, nothing that leads to a reader. A failure is logged and
 * otherwise ignored: without the file all tokens are refused until progress-service is
 * back.
 */
public final class RevocationFile {

	private static final Logger logger = LoggerFactory.getLogger(RevocationFile.class);

	private static final String NAME = "revoked-sessions";

	private final @Nullable Path folder;

	/**
	 * @param folder the folder of the file, created if it is missing; null keeps nothing
	 */
	public RevocationFile(@Nullable Path folder) {
		this.folder = folder;
	}

	/** Read the file; cold, on a thread for blocking work; empty map if there is none. */
	Mono<Map<String, Instant>> read() {
		Path source = this.folder;
		return (source == null) ? Mono.just(Map.of())
				: Mono.fromCallable(() -> parse(source.resolve(NAME)))
					.subscribeOn(Schedulers.boundedElastic())
					.onErrorResume(IOException.class, (failure) -> {
						logger.warn("The file of revoked sessions cannot be read: {}", failure.toString());
						return Mono.just(Map.of());
					});
	}

	private static Map<String, Instant> parse(Path file) throws IOException {
		Map<String, Instant> sessions = new HashMap<>();
		for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
			String[] parts = line.split(" ");
			try {
				sessions.put(parts[0], Instant.parse(parts[1]));
			}
			catch (DateTimeException | ArrayIndexOutOfBoundsException _) {
				logger.warn("A line of the file of revoked sessions is not valid");
			}
		}
		return sessions;
	}

	/** Replace the file; cold, on a thread for blocking work. */
	Mono<Void> write(Map<String, Instant> sessions) {
		Path target = this.folder;
		return (target == null) ? Mono.empty()
				: Mono.<Void>fromRunnable(() -> replace(target, sessions))
					.subscribeOn(Schedulers.boundedElastic())
					.onErrorResume(UncheckedIOException.class, (failure) -> {
						logger.warn("The file of revoked sessions cannot be written: {}", failure.toString());
						return Mono.empty();
					});
	}

	private static void replace(Path folder, Map<String, Instant> sessions) {
		try {
			Files.createDirectories(folder);
			Path draft = folder.resolve(NAME + ".new");
			Files.write(draft,
					sessions.entrySet().stream().map((each) -> each.getKey() + " " + each.getValue()).toList());
			Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
