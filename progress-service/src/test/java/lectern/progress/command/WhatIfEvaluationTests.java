package lectern.progress.command;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import lectern.progress.eventlog.InMemoryEventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.PositionUpdateMode;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.representation.ForecastResponse;
import lectern.progress.representation.ProgressEventTypes;
import lectern.progress.representation.ReadingDocument;
import lectern.streaming.log.Cursor;
import lectern.web.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Properties of what-if evaluations of random commands. A failure shows its seed. */
class WhatIfEvaluationTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final InMemoryEventLog log = new InMemoryEventLog(ProgressEventTypes.registered());

	private final ReadingCommandHandler commandHandler = new ReadingCommandHandler(this.log,
			new StreamAliases(this.log), new ReadingStateCache(this.log), new KeyedSerialExecutor(),
			(_) -> PositionUpdateMode.LATEST, Clock.fixed(NOW, ZoneOffset.UTC));

	private final UUID reading = new UUID(0, 1);

	static LongStream seeds() {
		return LongStream.range(0, 400);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIfPredictsEffectsOfExecutedCommands(long seed) {
		Random random = new Random(seed);
		start();
		for (int i = random.nextInt(30); i > 0; i--) {
			handle(command(random));
		}
		List<ReadingCommandRequest> commands = IntStream.range(0, random.nextInt(1, 8))
			.mapToObj((_) -> command(random))
			.toList();

		WhatIfEvaluation evaluation = new WhatIfEvaluation(events(), NOW);
		List<String> expected = commands.stream().map((command) -> evaluate(evaluation, command)).toList();
		int before = events().size();
		assertThat(evaluation.response()).as("the same response again").isEqualTo(evaluation.response());
		assertThat(events()).as("nothing is stored").hasSize(before);
		List<String> executed = commands.stream().map(this::handle).toList();

		assertThat(executed).isEqualTo(expected);
		assertThat(withoutReceivedAt(ReadingDocument.of(events())))
			.isEqualTo(withoutReceivedAt(evaluation.response().reading()));
		assertThat(ForecastResponse.of(events(), NOW)).isEqualTo(evaluation.response().forecast());
		assertThat(evaluation.response().commands().stream().filter(WhatIfResponse.Effect::changed))
			.hasSize(events().size() - before);
	}

	@Test
	void whatIfReturnsEffectOfEachCommand() {
		start();
		WhatIfEvaluation evaluation = new WhatIfEvaluation(events(), NOW);
		PositionRequest report = report("0.5", NOW.minusSeconds(10));
		evaluate(evaluation, report);
		evaluate(evaluation, report);
		evaluate(evaluation, report("0.6", NOW.minusSeconds(20)));
		evaluate(evaluation, new ReadingCommandRequest.ReopenRequest(null, null, null));
		assertThat(evaluation.response().commands()).satisfiesExactly((moved) -> {
			assertThat(moved.moved()).isTrue();
			assertThat(moved.changes()).hasFieldOrPropertyWithValue("version", 2);
		}, (repeated) -> {
			assertThat(repeated.changed()).isFalse();
			assertThat(repeated.reason()).isEqualTo("reported-already");
			assertThat(repeated.changes()).isNull();
		}, (late) -> {
			assertThat(late.changed()).isTrue();
			assertThat(late.moved()).isFalse();
			assertThat(late.reason()).isEqualTo("occurred-before-current");
		}, (reopened) -> {
			assertThat(reopened.changed()).isFalse();
			assertThat(reopened.moved()).isNull();
		});
	}

	private void start() {
		this.commandHandler
			.handle(this.reading, ReadingPrecondition.NONE,
					(receivedAt) -> new StartReading("ada", "a-book", new BookSnapshot("a-book", "A Book", List.of()),
							null, receivedAt))
			.block(HANG_LIMIT);
	}

	/** The type of the problem, or "done". */
	private String evaluate(WhatIfEvaluation evaluation, ReadingCommandRequest command) {
		try {
			evaluation.evaluate(command.toCommand("ada", NOW,
					(restore) -> evaluation.readingAt(restore.pointInTime(cursor(), NOW))));
			return "done";
		}
		catch (Problem problem) {
			return problem.type().name();
		}
	}

	private String handle(ReadingCommandRequest command) {
		WhatIfEvaluation past = new WhatIfEvaluation(events(), NOW);
		try {
			this.commandHandler
				.handle(this.reading, ReadingPrecondition.NONE,
						(receivedAt) -> command.toCommand("ada", receivedAt,
								(restore) -> past.readingAt(restore.pointInTime(cursor(), NOW))))
				.block(HANG_LIMIT);
			return "done";
		}
		catch (Problem problem) {
			return problem.type().name();
		}
	}

	/**
	 * A random command. Restores name only stored events, since others have no cursor.
	 */
	private ReadingCommandRequest command(Random random) {
		return switch (random.nextInt(12)) {
			case 0 -> new ReadingCommandRequest.FinishRequest(null, null);
			case 1, 2 -> new ReadingCommandRequest.ReopenRequest(null, null, null);
			case 3 -> new ReadingCommandRequest.AbandonRequest(null, null);
			case 4, 5 -> new ReadingCommandRequest.ResumeRequest(null, null, null);
			case 6 ->
				new RestoreRequest(cursor().at(random.nextLong(events().size() + 1L)).toString(), null, null, null);
			case 7 -> new PlanRequest(NOW.plusSeconds(random.nextInt(-20, 100) * 86_400L).toString(), null, null);
			default -> report(BigDecimal.valueOf(random.nextInt(101), 2).toString(),
					NOW.minusSeconds(random.nextInt(40) * 86_400L));
		};
	}

	private static PositionRequest report(String fraction, Instant occurredAt) {
		return new PositionRequest(new BigDecimal(fraction), null, null, null, null, occurredAt.toString(), null);
	}

	private Cursor cursor() {
		return Objects.requireNonNull(this.log.cursor().block(HANG_LIMIT));
	}

	private List<StoredEvent> events() {
		return new ArrayList<>(
				Objects.requireNonNull(this.log.load(this.reading.toString()).collectList().block(HANG_LIMIT)));
	}

	/** The JSON of a reading without the times at which events were stored. */
	private static String withoutReceivedAt(ReadingDocument document) {
		return new JsonMapper().writeValueAsString(document).replaceAll("\"receivedAt\":\"[^\"]*\"", "");
	}

}
