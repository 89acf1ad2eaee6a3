package lectern.progress.erasure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The list of erasures, in a file outside of the database. It contains random ids, which
 * only a backup connects with accounts, and dates, by which old lines can be removed.
 * Lines are only appended. Every publisher is cold.
 */
final class ErasureList {

	/** The name of the file in its folder. */
	static final String NAME = "erasures.txt";

	private static final Logger logger = LoggerFactory.getLogger(ErasureList.class);

	private static final String HEADER = """
			# Accounts that were erased. Never replace this file by one from a backup: it says whom a restored database has to erase again.
			""";

	private static final int ID_LENGTH = 36;

	private final @Nullable Path folder;

	/**
	 * @param folder null to keep no list
	 */
	ErasureList(@Nullable Path folder) {
		this.folder = folder;
	}

	/** The ids of all erased accounts, in the order of their erasure. */
	Mono<Set<UUID>> read() {
		Path kept = this.folder;
		return (kept == null) ? Mono.just(Set.of())
				: Mono.fromCallable(() -> parse(content(kept))).subscribeOn(Schedulers.boundedElastic());
	}

	/**
	 * Add an account, unless it is on the list. Completes when the disk has it.
	 */
	Mono<Void> add(UUID id, LocalDate today) {
		Path kept = this.folder;
		return (kept == null) ? Mono.empty() : Mono.<Void>fromCallable(() -> {
			append(kept, id, today);
			return null;
		}).subscribeOn(Schedulers.boundedElastic());
	}

	private static synchronized void append(Path folder, UUID id, LocalDate today) throws IOException {
		Files.createDirectories(folder);
		String content = content(folder);
		if (parse(content).contains(id)) {
			return;
		}
		// A process that died while it wrote may have left half a line.
		String before = content.isEmpty() ? HEADER : content.endsWith("\n") ? "" : "\n";
		ByteBuffer line = StandardCharsets.UTF_8.encode(before + id + " " + today + "\n");
		try (FileChannel file = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE,
				StandardOpenOption.APPEND)) {
			while (line.hasRemaining()) {
				file.write(line);
			}
			file.force(true);
		}
		try (FileChannel parent = FileChannel.open(folder)) {
			parent.force(true);
		}
	}

	private static String content(Path folder) throws IOException {
		Path file = folder.resolve(NAME);
		return Files.exists(file) ? Files.readString(file) : "";
	}

	private static Set<UUID> parse(String content) {
		Set<UUID> ids = new LinkedHashSet<>();
		content.lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).forEach((line) -> {
			try {
				ids.add(UUID.fromString(line.substring(0, Math.min(ID_LENGTH, line.length()))));
			}
			catch (IllegalArgumentException _) {
				logger.warn("A line of the list of erasures is not readable and is passed over");
			}
		});
		return ids;
	}

}
