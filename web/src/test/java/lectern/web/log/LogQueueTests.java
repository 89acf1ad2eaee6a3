package lectern.web.log;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class LogQueueTests {

	private final String name = "test." + UUID.randomUUID();

	private final Logger logger = LoggerFactory.getLogger(this.name);

	@Test
	void linesAreWrittenInOrder() {
		Target target = new Target(new CountDownLatch(0));
		try (LogQueue queue = started(target, 100)) {
			for (int line = 0; line < 100; line++) {
				this.logger.info("line {}", line);
			}
			Awaitility.await().atMost(HANG_LIMIT).until(() -> target.lines.size() == 100);
			assertThat(target.lines).startsWith("line 0", "line 1").endsWith("line 98", "line 99");
			assertThat(queue.dropped()).isZero();
		}
	}

	@Test
	void linesBeyondTheLimitAreDroppedAndCounted() {
		CountDownLatch disk = new CountDownLatch(1);
		Target target = new Target(disk);
		try (LogQueue queue = started(target, 10)) {
			for (int line = 0; line < 1_000; line++) {
				this.logger.info("line {}", line);
			}
			long dropped = queue.dropped();
			assertThat(dropped).as("all but what fits, and what is being written").isBetween(970L, 990L);
			disk.countDown();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> target.lines.size() == 1_000 - dropped);
			this.logger.info("next");
			Awaitility.await().atMost(HANG_LIMIT).until(() -> target.lines.contains("next"));
			assertThat(queue.dropped()).isEqualTo(dropped);
		}
	}

	@Test
	void closeWritesWhatIsQueuedAndGivesTheLoggerBack() {
		CountDownLatch disk = new CountDownLatch(1);
		Target target = new Target(disk);
		LogQueue queue = started(target, 100);
		for (int line = 0; line < 50; line++) {
			this.logger.info("line {}", line);
		}
		disk.countDown();
		queue.close();
		this.logger.info("after the end");
		assertThat(target.lines).hasSize(50).doesNotContain("after the end");
		assertThat(LogQueue.context().getLogger(this.name).isAdditive()).isTrue();
	}

	@Test
	void secondQueueDoesNotWriteTheLinesAgain() {
		Target first = new Target(new CountDownLatch(0));
		Target second = new Target(new CountDownLatch(0));
		LogQueue late = started(second, 10);
		try (late; LogQueue early = started(first, 10)) {
			this.logger.info("once");
			Awaitility.await().atMost(HANG_LIMIT).until(() -> first.lines.size() + second.lines.size() > 0);
			assertThat(early.dropped()).isZero();
		}
		assertThat(first.lines.size() + second.lines.size()).isOne();
	}

	private LogQueue started(Target target, int size) {
		LogQueue queue = new LogQueue("test", size);
		queue.start(target, List.of(this.name));
		return queue;
	}

	/** Writes nothing until the disk works. */
	private static final class Target extends AppenderBase<ILoggingEvent> {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		private final CountDownLatch disk;

		Target(CountDownLatch disk) {
			this.disk = disk;
			setContext(LogQueue.context());
			start();
		}

		@Override
		protected void append(ILoggingEvent line) {
			try {
				assertThat(this.disk.await(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
				this.lines.add(line.getFormattedMessage());
			}
			catch (InterruptedException ex) {
				// The queue is being closed, and writes the rest.
				this.lines.add(line.getFormattedMessage());
			}
		}

	}

}
