package lectern.progress.canary;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import lectern.progress.TestProgress;
import lectern.progress.TestReader;
import lectern.progress.TestReading;
import lectern.progress.eventlog.CanaryEvent;
import lectern.progress.eventlog.CanaryLog;
import lectern.streaming.log.Cursor;
import lectern.streaming.sse.SseEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service with a canary ten times a second, and what the canaries and their removal
 * mean for everybody else.
 */
class CanaryIntegrationTests {

	/** Canaries that are old enough to be removed. */
	private static final String AGE_CANARIES = """
			update event set received_at = received_at - interval '10 minutes'
			where reader = '_canary' and position < (select position from log_head) - 3
			""";

	private static final CuttableProxy GATEWAY = new CuttableProxy();

	private static TestProgress progress;

	@BeforeAll
	static void start() {
		progress = TestProgress.start("lectern.canary.url=" + GATEWAY.url(), "lectern.canary.interval=100ms");
		progress.addBook("a-book", "A Book", "Ann Author");
	}

	@AfterAll
	static void stop() {
		progress.close();
		GATEWAY.close();
	}

	@BeforeEach
	void open() {
		GATEWAY.open(progress.port());
		awaitCanaries(1);
	}

	@Test
	void canariesComeBack() {
		awaitCanaries(5);
		assertThat(progress.meters().get("lectern.canary.lag").timer().max(TimeUnit.SECONDS)).isPositive();
		assertThat(progress.meters().get("lectern.canary.failures").tag("step", "append").counter().count()).isZero();
		assertThat(progress.meters().get("lectern.canary.failures").counters()).hasSize(3);
	}

	@Test
	void ageGrowsWhileStreamIsCutAndRecovers() {
		double failures = failures("stream") + failures("connect");
		GATEWAY.cut();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> age() > 1.5);
		assertThat(failures("stream") + failures("connect")).isGreaterThan(failures);
		GATEWAY.open(progress.port());
		Awaitility.await().atMost(HANG_LIMIT).until(() -> age() < 1);
	}

	@Test
	void oldCanariesAreRemoved() {
		awaitCanaries(20);
		execute(AGE_CANARIES);
		long position = position();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> position() > position && oldCanaries() == 0);
		assertThat(count("select count(*) from event where position = (select position from log_head)"))
			.as("the head of the log")
			.isEqualTo(1);
	}

	@Test
	void nobodyElseSeesCanaries() {
		TestReader reader = progress.newReader();
		reader.start("a-book").report(0.2);
		awaitCanaries(3);
		List<SseEvent> received = events(reader, null, 2);
		assertThat(received).extracting(SseEvent::text).noneMatch((text) -> text.contains(CanaryEvent.TYPE));
		assertThat(reader.get("/export").assertStatus(200).text()).doesNotContain(CanaryEvent.READER);
		assertThat(count("select count(*) from activity_reader where reader = '_canary'")
				+ count("select count(*) from current_reading where reader = '_canary'")
				+ count("select count(*) from account where reader = '_canary'"))
			.isZero();
		reader.client().get("/api/v1/readers/_canary/readings").assertStatus(403);
	}

	@Test
	void handleOfCanariesCannotBeRegistered() {
		progress.anonymous().post("/api/v1/readers", """
				{"reader":"_canary","name":"Ada","password":"correct horse battery"}
				""").assertInvalidMember("/reader");
	}

	/** The cursor of a read is often that of a canary. */
	@Test
	void cursorOfRemovedCanaryStaysUsable() {
		TestReader reader = progress.newReader();
		TestReading reading = reader.start("a-book");
		reading.report(0.2);
		Cursor canary = canaryAfter(position());
		reading.report(0.7);
		Cursor later = canaryAfter(position());
		removeCanaries();
		assertThat(count(
				"select count(*) from event where position in (%d, %d)".formatted(canary.position(), later.position())))
			.isZero();
		reading.get("?asOf=" + canary).assertStatus(200).assertMember("/position/fraction", 0.2);
		reading.get("?asOf=" + later).assertStatus(200).assertMember("/position/fraction", 0.7);
		reading.get("?asOf=" + canary + "&axis=occurred").assertStatus(200).assertMember("/position/fraction", 0.2);
		reader.get("/readings?seen=" + later).assertStatus(200);
		assertThat(events(reader, canary.toString(), 1).getFirst().text()).contains("\"fraction\":0.7");
		reader.client()
			.post(reading.path() + "/restore", "{\"to\":\"" + canary + "\"}")
			.assertStatus(200)
			.assertMember("/reading/position/fraction", 0.2);
	}

	@Test
	void instantsAreResolvedAcrossRemovedCanaries() {
		TestReader reader = progress.newReader();
		TestReading reading = reader.start("a-book");
		reading.report(0.2);
		String between = text("select to_char(max(received_at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
				+ " from event where reader = '" + reader.handle() + "'");
		canaryAfter(position());
		reading.report(0.7);
		removeCanaries();
		reading.get("?asOf=" + between).assertStatus(200).assertMember("/position/fraction", 0.2);
	}

	/** A replay whose last id is that of a canary must not begin again. */
	@Test
	void replayResumesAfterRemovedCanary() {
		TestReader reader = progress.newReader();
		TestReading reading = reader.start("a-book");
		reading.report(0.2);
		Cursor canary = canaryAfter(position());
		reading.report(0.7);
		removeCanaries();
		List<SseEvent> replayed = Objects
			.requireNonNull(reader.stream(reader.path() + "/replay?speed=max&lastEventId=" + canary)
				.takeUntil((event) -> "end".equals(event.event()))
				.filter(SseEvent::isLogEvent)
				.collectList()
				.block(HANG_LIMIT));
		assertThat(replayed).hasSize(1);
		assertThat(replayed.getFirst().text()).contains("\"fraction\":0.7");
	}

	@Test
	void viewsAreRebuiltAcrossRemovedCanaries() {
		TestReader reader = progress.newReader();
		TestReading reading = reader.start("a-book");
		reading.report(0.4);
		canaryAfter(position());
		removeCanaries();
		execute("do $$ begin delete from projection; delete from current_reading; end $$");
		progress
			.awaitTrue("select position >= %d from projection where name = 'current-reading'".formatted(position()));
		reader.get("/readings").assertStatus(200).assertMember("/items/0/position/fraction", 0.4);
	}

	/** The second service starts on a log with empty positions, and follows it. */
	@Test
	void secondNodeServesStreamsAcrossRemovedCanaries() {
		TestReader reader = progress.newReader();
		TestReading reading = reader.start("a-book");
		Cursor before = canaryAfter(position());
		reading.report(0.8);
		removeCanaries();
		List<String> received = new CopyOnWriteArrayList<>();
		try (TestProgress peer = progress.startPeer("lectern.canary.url=" + GATEWAY.url())) {
			Disposable stream = peer.reader(reader.handle())
				.events(before.toString())
				.filter(SseEvent::isLogEvent)
				.subscribe((event) -> received.add(event.text()));
			Awaitility.await().atMost(HANG_LIMIT).until(() -> received.size() == 1);
			reading.report(0.9);
			Awaitility.await().atMost(HANG_LIMIT).until(() -> received.size() == 2);
			stream.dispose();
		}
		assertThat(received.getFirst()).contains("\"fraction\":0.8");
		assertThat(received.getLast()).contains("\"fraction\":0.9");
	}

	private static List<SseEvent> events(TestReader reader, String lastId, int count) {
		return Objects.requireNonNull(
				reader.stream(reader.path() + "/events?after=" + Objects.requireNonNullElse(lastId, "start"))
					.filter(SseEvent::isLogEvent)
					.take(count)
					.collectList()
					.block(HANG_LIMIT));
	}

	/** Wait for a canary after a position, and return its cursor. */
	private static Cursor canaryAfter(long position) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> count("select count(*) from event where reader = '_canary' and position > " + position) > 0);
		return new Cursor(text("select epoch from log_head"),
				count("select min(position) from event where reader = '_canary' and position > " + position));
	}

	/** Remove all canaries but the latest. */
	private static void removeCanaries() {
		long head = position();
		canaryAfter(head + 4);
		execute("update event set received_at = received_at - interval '10 minutes' where reader = '_canary'"
				+ " and position <= " + head);
		progress.bean(CanaryLog.class).removeOld().block(HANG_LIMIT);
		assertThat(oldCanaries()).isZero();
	}

	private static long oldCanaries() {
		return count("""
				select count(*) from event, log_head where reader = '_canary'
				    and event.received_at < log_head.received_at - interval '5 minutes'
				""");
	}

	private static long position() {
		return count("select position from log_head");
	}

	private static void awaitCanaries(long more) {
		long before = progress.meters().get("lectern.canary.lag").timer().count();
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> progress.meters().get("lectern.canary.lag").timer().count() >= before + more);
	}

	private static double age() {
		return progress.meters().get("lectern.canary.age").gauge().value();
	}

	private static double failures(String step) {
		return progress.meters().get("lectern.canary.failures").tag("step", step).counter().count();
	}

	private static void execute(String sql) {
		progress.database().sql(sql).then().block(HANG_LIMIT);
	}

	private static long count(String sql) {
		return Objects
			.requireNonNull(progress.database().sql(sql).map((row) -> row.get(0, Long.class)).one().block(HANG_LIMIT));
	}

	private static String text(String sql) {
		return Objects.requireNonNull(
				progress.database().sql(sql).map((row) -> row.get(0, String.class)).one().block(HANG_LIMIT));
	}

}
