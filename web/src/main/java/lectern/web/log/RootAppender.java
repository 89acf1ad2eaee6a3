package lectern.web.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/** Writes lines to wherever all others of the process go. */
final class RootAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

	private final Logger root = LogQueue.context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	RootAppender() {
		setContext(LogQueue.context());
		start();
	}

	@Override
	protected void append(ILoggingEvent line) {
		for (var appenders = this.root.iteratorForAppenders(); appenders.hasNext();) {
			Appender<ILoggingEvent> appender = appenders.next();
			appender.doAppend(line);
		}
	}

}
