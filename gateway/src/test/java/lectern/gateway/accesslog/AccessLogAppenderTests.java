package lectern.gateway.accesslog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import lectern.web.setting.StartRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.KeyValuePair;

import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccessLogAppenderTests {

	private static final int MAX_FILES = 3;

	private static final DataSize MAX_FILE_SIZE = DataSize.ofKilobytes(64);

	private static final long LINE_BYTES = 50;

	private final LoggerContext context = new LoggerContext();

	@TempDir
	private Path folder;

	@BeforeEach
	void start() {
		this.context.setMDCAdapter(new LogbackMDCAdapter());
	}

	@AfterEach
	void stop() {
		this.context.stop();
	}

	/** The size is looked at every 50 ms, twenty times in the second of this test. */
	@Test
	void filesStayUnderTheirBoundAtAnyRate() throws IOException {
		Path file = this.folder.resolve("a folder").resolve("access.log");
		Appender<ILoggingEvent> appender = AccessLogAppender.create(settings(file), null, this.context);
		long begin = System.nanoTime();
		int written = 0;
		while (System.nanoTime() - begin < 1_000_000_000L) {
			appender.doAppend(line("answered"));
			written++;
		}
		appender.stop();
		List<Path> files = files(file.getParent());
		assertThat(files).hasSize(MAX_FILES);
		long bytes = 0;
		for (Path each : files) {
			bytes += Files.size(each);
		}
		long betweenLooks = written * LINE_BYTES / 10;
		assertThat(bytes).as("the size of %d lines", written)
			.isLessThan(MAX_FILES * (MAX_FILE_SIZE.toBytes() + betweenLooks));
	}

	@Test
	void lineOfTextHasPairsAlone() throws IOException {
		Path file = this.folder.resolve("access.log");
		Appender<ILoggingEvent> appender = AccessLogAppender.create(settings(file), null, this.context);
		appender.doAppend(line("answered"));
		assertThat(Files.readString(file))
			.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z method=GET status=200\n");
	}

	@Test
	void lineOfJsonHasPairsAsMembers() throws IOException {
		this.context.putObject(Environment.class.getName(), new MockEnvironment());
		Path file = this.folder.resolve("access.log");
		Appender<ILoggingEvent> appender = AccessLogAppender.create(settings(file), "logstash", this.context);
		appender.doAppend(line("answered"));
		assertThat(Files.readString(file)).startsWith("{")
			.contains("\"method\":\"GET\"", "\"status\":200", "\"message\":\"answered\"")
			.endsWith("}\n");
	}

	@Test
	void fileThatCannotBeWrittenIsRefused() throws IOException {
		Path file = Files.createFile(this.folder.resolve("file")).resolve("access.log");
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> AccessLogAppender.create(settings(file), null, this.context))
			.withMessageContaining("LECTERN_ACCESSLOG_FILE");
	}

	private static AccessLogSettings settings(Path file) {
		return new AccessLogSettings(AccessLogSettings.Output.FILE, file, MAX_FILE_SIZE, MAX_FILES, 100);
	}

	private LoggingEvent line(String message) {
		LoggingEvent event = new LoggingEvent("", this.context.getLogger(AccessLogWriter.LOGGER), Level.INFO, message,
				null, null);
		event.setKeyValuePairs(List.of(new KeyValuePair("method", "GET"), new KeyValuePair("status", 200)));
		return event;
	}

	private static List<Path> files(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList();
		}
	}

}
