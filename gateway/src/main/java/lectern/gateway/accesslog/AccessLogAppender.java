package lectern.gateway.accesslog;

import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import lectern.web.setting.StartRefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.logback.StructuredLogEncoder;

/** Makes what writes the lines of the access log. */
final class AccessLogAppender {

	/** The lines have nothing but their pairs. */
	private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %kvp{NONE}%n";

	/** Many lines are written within it, but not more than a file has beyond its size. */
	private static final Duration SIZE_CHECK_INTERVAL = Duration.buildByMilliseconds(50);

	private AccessLogAppender() {
	}

	/**
	 * Make a started appender.
	 * @param format the structured format; null for text
	 * @throws StartRefusedException if the file cannot be written
	 */
	static OutputStreamAppender<ILoggingEvent> create(AccessLogSettings settings, @Nullable String format,
			LoggerContext context) {
		OutputStreamAppender<ILoggingEvent> appender = (settings.output() == AccessLogSettings.Output.FILE)
				? rollingFile(settings, context) : new ConsoleAppender<>();
		appender.setContext(context);
		appender.setName("access");
		appender.setEncoder(encoder(format, context));
		appender.start();
		if (!appender.isStarted()) {
			throw new StartRefusedException("The access log cannot be written to " + settings.file()
					+ ": set lectern.access-log.file (LECTERN_ACCESSLOG_FILE in the environment) to a file in a folder"
					+ " that the gateway may write to.");
		}
		return appender;
	}

	private static Encoder<ILoggingEvent> encoder(@Nullable String format, LoggerContext context) {
		if (format != null && !format.isBlank()) {
			StructuredLogEncoder encoder = new StructuredLogEncoder();
			encoder.setContext(context);
			encoder.setFormat(format);
			encoder.setCharset(StandardCharsets.UTF_8);
			encoder.start();
			return encoder;
		}
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setContext(context);
		encoder.setPattern(PATTERN);
		encoder.start();
		return encoder;
	}

	/** Files with a number instead of a date: all of them together have a limit. */
	private static RollingFileAppender<ILoggingEvent> rollingFile(AccessLogSettings settings, LoggerContext context) {
		RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
		String file = settings.file().toAbsolutePath().toString();
		appender.setContext(context);
		appender.setFile(file);
		FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
		rolling.setContext(context);
		rolling.setParent(appender);
		rolling.setFileNamePattern(file + ".%i");
		rolling.setMinIndex(1);
		rolling.setMaxIndex(settings.maxFiles() - 1);
		rolling.start();
		SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
		size.setContext(context);
		size.setMaxFileSize(new FileSize(settings.maxFileSize().toBytes()));
		size.setCheckIncrement(SIZE_CHECK_INTERVAL);
		size.start();
		appender.setRollingPolicy(rolling);
		appender.setTriggeringPolicy(size);
		return appender;
	}

}
