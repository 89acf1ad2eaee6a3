package lectern.gateway.accesslog;

import java.nio.file.Files;
import java.nio.file.Path;

import lectern.web.setting.SettingConstraints;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the access log.
 *
 * @param output where the access log is written: {@code none}, {@code stdout} or
 * {@code file}; {@code ./lectern up} sets {@code file}
 * @param file the file of the access log
 * @param maxFileSize the size from which a new file is begun
 * @param maxFiles how many files there are at most, from 2 to 20; the older ones end in
 * {@code .1}, {@code .2} and so on
 * @param queueSize how many lines may wait until they are written; further ones are
 * dropped and counted
 */
@ConfigurationProperties("lectern.access-log")
record AccessLogSettings(@DefaultValue("none") Output output, @DefaultValue("access.log") Path file,
		@DefaultValue("16MB") DataSize maxFileSize, @DefaultValue("4") int maxFiles,
		@DefaultValue("8192") int queueSize) {

	private static final DataSize MIN_FILE_SIZE = DataSize.ofKilobytes(64);

	private static final DataSize MAX_FILE_SIZE = DataSize.ofGigabytes(1);

	private static final int MAX_FILES = 20;

	AccessLogSettings {
		SettingConstraints.require(isUsable(file), "file", file, "the path of a file, without a percent sign");
		SettingConstraints.require(
				maxFileSize.compareTo(MIN_FILE_SIZE) >= 0 && maxFileSize.compareTo(MAX_FILE_SIZE) <= 0, "max-file-size",
				maxFileSize, "from 64KB to 1GB");
		SettingConstraints.require(maxFiles >= 2 && maxFiles <= MAX_FILES, "max-files", maxFiles,
				"from 2 to " + MAX_FILES);
		SettingConstraints.requireAtLeast(1, "queue-size", queueSize);
	}

	/** The names of older files are a pattern, in which a percent sign is not text. */
	private static boolean isUsable(Path file) {
		String path = file.toAbsolutePath().toString();
		return !file.toString().isBlank() && path.indexOf('%') < 0
				&& (Files.notExists(file) || Files.isRegularFile(file));
	}

	/** Where the lines go. */
	enum Output {

		NONE, STDOUT, FILE

	}

}
