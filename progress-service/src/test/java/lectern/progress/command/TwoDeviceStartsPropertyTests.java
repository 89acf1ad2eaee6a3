package lectern.progress.command;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;

import lectern.progress.eventlog.InMemoryEventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Device;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.representation.ProgressEventTypes;
import lectern.progress.representation.ReadingDocument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two devices start the same book under ids of their own and report under these ids, in
 * whatever order and batches they are heard. All of it ends in one reading.
 */
class TwoDeviceStartsPropertyTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private static final int REPORTS = 20;

	private final InMemoryEventLog log = new InMemoryEventLog(ProgressEventTypes.registered());

	private final StreamAliases aliases = new StreamAliases(this.log);

	private final ReadingCommandHandler commandHandler = new ReadingCommandHandler(this.log, this.aliases,
			new ReadingStateCache(this.log), new KeyedSerialExecutor(), (_) -> PositionUpdateMode.LATEST,
			Clock.fixed(NOON, ZoneOffset.UTC));

	private final StartOrContinueHandler startHandler = new StartOrContinueHandler(this.commandHandler, this.aliases);

	private final List<UUID> ids = List.of(new UUID(0, 1), new UUID(0, 2));

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void startsOfBothDevicesEndInOneReading(long seed) {
		Random random = new Random(seed);
		List<Deque<DeviceReport>> queues = List.of(new ArrayDeque<>(), new ArrayDeque<>());
		List<DeviceReport> reports = reports(random);
		reports.forEach((report) -> queues.get(report.device()).add(report));
		while (!queues.get(0).isEmpty() || !queues.get(1).isEmpty()) {
			int device = random.nextInt(2);
			receiveBatch(device, queues.get(device), random);
		}
		// Whether or not a device had anything to report.
		start(0);
		start(1);
		List<StoredEvent> events = Objects.requireNonNull(this.log.readByReader("ada")
			.read(0, Long.MAX_VALUE, Integer.MAX_VALUE)
			.map((envelope) -> envelope.event())
			.collectList()
			.block(HANG_LIMIT));
		assertThat(events).extracting(StoredEvent::stream).containsOnly(events.getFirst().stream());
		assertThat(events).filteredOn((event) -> event.payload() instanceof ReadingStarted).hasSize(1);
		assertThat(events).filteredOn((event) -> event.payload() instanceof PositionReported).hasSize(REPORTS);
		DeviceReport last = Collections.max(reports, Comparator.comparing(DeviceReport::second));
		assertThat(Objects.requireNonNull(ReadingDocument.of(events).position()).fraction())
			.isEqualByComparingTo(last.fraction());
	}

	private static List<DeviceReport> reports(Random random) {
		List<DeviceReport> reports = new ArrayList<>();
		for (int number = 0; number < REPORTS; number++) {
			reports.add(new DeviceReport(random.nextInt(2), number, BigDecimal.valueOf(random.nextInt(101), 2)));
		}
		Collections.shuffle(reports, random);
		return reports;
	}

	/**
	 * A device that is online again sends its start first, and may send a batch twice.
	 */
	private void receiveBatch(int device, Deque<DeviceReport> queue, Random random) {
		List<DeviceReport> batch = new ArrayList<>();
		for (int size = random.nextInt(6); size > 0 && !queue.isEmpty(); size--) {
			batch.add(queue.remove());
		}
		for (int repeat = 0; repeat <= random.nextInt(2); repeat++) {
			start(device);
			batch.forEach(this::report);
		}
	}

	private void start(int device) {
		this.startHandler
			.start(this.ids.get(device), true,
					(receivedAt) -> new StartReading("ada", "a-book", BOOK, null, receivedAt), null)
			.block(HANG_LIMIT);
	}

	private void report(DeviceReport report) {
		this.commandHandler
			.handle(this.ids.get(report.device()), ReadingPrecondition.NONE,
					(receivedAt) -> new ReportPosition("ada", report.fraction(), null, null, null,
							new Device("device-" + report.device(), null),
							new DeviceClock(NOON.minusSeconds(REPORTS - report.second()), null),
							PositionUpdateMode.LATEST, receivedAt))
			.block(HANG_LIMIT);
	}

	private record DeviceReport(int device, int second, BigDecimal fraction) {
	}

}
