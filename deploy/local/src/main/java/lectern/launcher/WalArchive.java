package lectern.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the write-ahead log in a folder of backups, each compressed by gzip.
 *
 * @param folder the folder {@code wal} of the backups
 */
record WalArchive(Path folder) {

	private static final String SUFFIX = ".gz";

	private static final String HISTORY = ".history";

	/** Return whether it has a file, by the name that PostgreSQL gave to it. */
	boolean contains(String name) {
		return Files.exists(this.folder.resolve(name + SUFFIX));
	}

	/**
	 * Add what PostgreSQL keeps of earlier timelines. It is not copied while there are no
	 * backups, and later timelines must have other numbers.
	 * @param clusterWal the folder {@code pg_wal} of the cluster
	 */
	void addHistories(Path clusterWal) throws IOException {
		try (DirectoryStream<Path> histories = Files.newDirectoryStream(clusterWal, "*" + HISTORY)) {
			for (Path history : histories) {
				String name = history.getFileName().toString();
				if (!contains(name)) {
					Path unfinished = this.folder.resolve(name + ".part");
					Files.deleteIfExists(unfinished);
					PrivateFiles.create(unfinished);
					try (GZIPOutputStream target = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
						Files.copy(history, target);
					}
					Files.move(unfinished, this.folder.resolve(name + SUFFIX));
				}
			}
		}
	}

	/**
	 * Find the first file that is missing for a recovery, up to the last file that is
	 * there. A recovery would end at it without a word.
	 * @param first where the recovery begins
	 * @param last the last file that the recovery needs in any case
	 */
	Optional<WalFile> findGap(WalFile first, WalFile last) throws IOException {
		List<String> names = names();
		NavigableMap<Long, Integer> ends = timelineEnds(names, first.timeline());
		int latest = latestTimeline(names, first.timeline());
		long newest = names.stream()
			.filter(WalFile::isName)
			.map(WalFile::parse)
			.filter((file) -> file.timeline() == latest)
			.mapToLong(WalFile::number)
			.max()
			.orElse(last.number());
		for (long number = first.number(); number <= Math.max(newest, last.number()); number++) {
			NavigableMap<Long, Integer> later = ends.tailMap(number, false);
			WalFile needed = new WalFile(later.isEmpty() ? latest : later.firstEntry().getValue(), number);
			if (!names.contains(needed.toString())) {
				return Optional.of(needed);
			}
		}
		return Optional.empty();
	}

	/** Delete the files before one, of all timelines. */
	void deleteBefore(WalFile oldest) throws IOException {
		for (String name : names()) {
			// Also the marks of backups, which begin with the name of a file of the log.
			boolean ofLog = name.length() >= 24 && WalFile.isName(name.substring(0, 24));
			if (ofLog && WalFile.parse(name.substring(0, 24)).number() < oldest.number()) {
				Files.deleteIfExists(this.folder.resolve(name + SUFFIX));
			}
		}
	}

	private List<String> names() throws IOException {
		List<String> names = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.folder, "*" + SUFFIX)) {
			for (Path file : files) {
				String name = file.getFileName().toString();
				names.add(name.substring(0, name.length() - SUFFIX.length()));
			}
		}
		return names;
	}

	private static int latestTimeline(List<String> names, int atLeast) {
		return names.stream()
			.filter((name) -> name.endsWith(HISTORY))
			.mapToInt((name) -> Integer.parseUnsignedInt(name, 0, 8, 16))
			.reduce(atLeast, Math::max);
	}

	/**
	 * The timelines that the latest one follows, by the number of the file in which each
	 * ends.
	 */
	private NavigableMap<Long, Integer> timelineEnds(List<String> names, int atLeast) throws IOException {
		NavigableMap<Long, Integer> ends = new TreeMap<>();
		Path history = this.folder.resolve("%08X".formatted(latestTimeline(names, atLeast)) + HISTORY + SUFFIX);
		if (!Files.exists(history)) {
			return ends;
		}
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(new GZIPInputStream(Files.newInputStream(history)), StandardCharsets.US_ASCII))) {
			for (String line : lines.lines().toList()) {
				String[] words = line.strip().split("\\s+");
				if (words.length > 1 && words[0].matches("[0-9]+")) {
					ends.put(WalFile.numberAt(words[1]), Integer.parseInt(words[0]));
				}
			}
		}
		return ends;
	}

}
