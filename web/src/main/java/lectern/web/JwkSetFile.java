package lectern.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;

import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps the public keys on disk, so that a service that starts while progress-service is
 * away can still verify tokens. A failure is logged and otherwise ignored.
 */
class JwkSetFile {

	private static final Logger logger = LoggerFactory.getLogger(JwkSetFile.class);

	private static final String NAME = "jwks.json";

	private final @Nullable Path folder;

	/**
	 * @param folder the folder of the file, created if it is missing; null keeps nothing
	 */
	JwkSetFile(@Nullable Path folder) {
		this.folder = folder;
	}

	/** Read the keys; cold, on a thread for blocking work; empty if there are none. */
	Mono<JWKSet> read() {
		return Mono.justOrEmpty(this.folder)
			.map((source) -> source.resolve(NAME))
			.flatMap((file) -> Mono.fromCallable(() -> Files.exists(file) ? JWKSet.load(file.toFile()) : null)
				.subscribeOn(Schedulers.boundedElastic()))
			.onErrorResume((failure) -> failure instanceof IOException || failure instanceof ParseException,
					(failure) -> {
						logger.warn("The file of keys cannot be read: {}", failure.toString());
						return Mono.empty();
					});
	}

	/** Replace the file; cold, on a thread for blocking work. */
	Mono<Void> write(JWKSet keys) {
		return Mono.justOrEmpty(this.folder)
			.flatMap((target) -> Mono.fromCallable(() -> replace(target, keys.toString()))
				.subscribeOn(Schedulers.boundedElastic()))
			.onErrorResume(IOException.class, (failure) -> {
				logger.warn("The file of keys cannot be written: {}", failure.toString());
				return Mono.empty();
			})
			.then();
	}

	private static Path replace(Path folder, String content) throws IOException {
		Files.createDirectories(folder);
		Path draft = Files.writeString(folder.resolve(NAME + ".new"), content);
		return Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
	}

}
