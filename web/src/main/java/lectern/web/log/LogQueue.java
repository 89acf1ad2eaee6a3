package lectern.web.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.slf4j.LoggerFactory;

/**
 * A queue between the threads that write lines to a log and the one that writes them to a
 * file or a pipe. It has a limit: a line that finds it full is dropped and counted, so
 * that a slow disk or a stopped reader of a pipe never blocks an event loop.
 */
public final class LogQueue extends AsyncAppender implements AutoCloseable {

	/** More than there are threads that check at once whether there is room. */
	private static final int RESERVE = 64;

	/** How long a process that stops waits until what is queued is written. */
	private static final int FLUSH_MILLIS = 2_000;

	private final LongAdder dropped = new LongAdder();

	private final List<Logger> loggers = new ArrayList<>();

	/**
	 * @param name the name of the log in the meters
	 * @param size how many lines may wait
	 */
	public LogQueue(String name, int size) {
		setContext(context());
		setName(name);
		setQueueSize(size + RESERVE);
		setDiscardingThreshold(RESERVE);
		setNeverBlock(true);
		setMaxFlushTime(FLUSH_MILLIS);
	}

	static LoggerContext context() {
		return (LoggerContext) LoggerFactory.getILoggerFactory();
	}

	/**
	 * Start to write, and take the lines of loggers over, which go nowhere else from then
	 * on. A logger whose lines another queue takes keeps that one.
	 * @param target where the lines are written
	 */
	public void start(Appender<ILoggingEvent> target, List<String> names) {
		addAppender(target);
		start();
		for (String name : names) {
			Logger logger = context().getLogger(name);
			if (logger.isAdditive()) {
				logger.setAdditive(false);
				logger.addAppender(this);
				this.loggers.add(logger);
			}
		}
	}

	/** Only asked when there is no room. */
	@Override
	protected boolean isDiscardable(ILoggingEvent line) {
		this.dropped.increment();
		return true;
	}

	/** Return how many lines were dropped because the queue was full. */
	public long dropped() {
		return this.dropped.sum();
	}

	/** Give the loggers back, and write what is queued. */
	@Override
	public void close() {
		for (Logger logger : this.loggers) {
			logger.detachAppender(this);
			logger.setAdditive(true);
		}
		this.loggers.clear();
		stop();
	}

}
