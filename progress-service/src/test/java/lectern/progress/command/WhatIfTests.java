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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import lectern.progress.document.ForecastDocument;
import lectern.progress.document.ReadingDocument;
import lectern.progress.document.ReadingEventTypes;
import lectern.progress.log.InMemoryEventLog;
import lectern.progress.log.StoredEvent;
import lectern.progress.log.TestLog;
import lectern.progress.model.Book;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.streaming.Cursor;
import lectern.web.Problem;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** What commands would do is what they then do; shown on random ones by their seeds. */
class WhatIfTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private final InMemoryEventLog log = new InMemoryEventLog(ReadingEventTypes.registered());

	private final Readings readings = new Readings(this.log, new ReadingStates(this.log), new Turns(),
			Clock.fixed(NOW, ZoneOffset.UTC));

	private final UUID reading = new UUID(0, 1);

	static LongStream seeds() {
		return LongStream.range(0, 400);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void whatIfAndThenDoingItLeadToTheSame(long seed) {
		Random random = new Random(seed);
		start();
		for (int i = random.nextInt(30); i > 0; i--) {
			obeyed(command(random));
		}
		List<CommandContent> commands = IntStream.range(0, random.nextInt(1, 8))
			.mapToObj((_) -> command(random))
			.toList();

		WhatIf whatIf = new WhatIf(events(), NOW);
		List<String> expected = commands.stream().map((command) -> wouldDo(whatIf, command)).toList();
		int before = events().size();
		assertThat(whatIf.answer()).as("to ask again").isEqualTo(whatIf.answer());
		assertThat(events()).as("nothing is stored").hasSize(before);
		List<String> done = commands.stream().map(this::obeyed).toList();

		assertThat(done).isEqualTo(expected);
		assertThat(plain(ReadingDocument.of(events()))).isEqualTo(plain(whatIf.answer().reading()));
		assertThat(ForecastDocument.of(events(), NOW)).isEqualTo(whatIf.answer().forecast());
		assertThat(whatIf.answer().commands().stream().filter(WhatIfAnswer.Effect::changed))
			.hasSize(events().size() - before);
	}

	@Test
	void ofEachCommandItIsToldWhatItWouldDo() {
		start();
		WhatIf whatIf = new WhatIf(events(), NOW);
		PositionContent report = report("0.5", NOW.minusSeconds(10));
		wouldDo(whatIf, report);
		wouldDo(whatIf, report);
		wouldDo(whatIf, report("0.6", NOW.minusSeconds(20)));
		wouldDo(whatIf, new CommandContent.Reopen());
		assertThat(whatIf.answer().commands()).satisfiesExactly((moves) -> {
			assertThat(moves.moved()).isTrue();
			assertThat(moves.changes()).hasFieldOrPropertyWithValue("version", 2);
		}, (again) -> {
			assertThat(again.changed()).isFalse();
			assertThat(again.reason()).isEqualTo("reported-already");
			assertThat(again.changes()).isNull();
		}, (late) -> {
			assertThat(late.changed()).isTrue();
			assertThat(late.moved()).isFalse();
			assertThat(late.reason()).isEqualTo("occurred-before-current");
		}, (open) -> {
			assertThat(open.changed()).isFalse();
			assertThat(open.moved()).isNull();
		});
	}

	private void start() {
		this.readings
			.obey(this.reading, Condition.NONE,
					(receivedAt) -> new StartReading("ada", "a-book", new Book("a-book", "A Book", List.of()), null,
							receivedAt))
			.block(HANG_LIMIT);
	}

	/** Which problem, or none. */
	private String wouldDo(WhatIf whatIf, CommandContent command) {
		try {
			whatIf.obey(command.by("ada", NOW, (restore) -> whatIf.at(restore.moment(cursor(), NOW))));
			return "done";
		}
		catch (Problem problem) {
			return problem.type().name();
		}
	}

	private String obeyed(CommandContent command) {
		WhatIf past = new WhatIf(events(), NOW);
		try {
			this.readings
				.obey(this.reading, Condition.NONE,
						(receivedAt) -> command.by("ada", receivedAt,
								(restore) -> past.at(restore.moment(cursor(), NOW))))
				.block(HANG_LIMIT);
			return "done";
		}
		catch (Problem problem) {
			return problem.type().name();
		}
	}

	/** To what was there before: nobody knows the cursor of what is only imagined. */
	private CommandContent command(Random random) {
		return switch (random.nextInt(12)) {
			case 0 -> new CommandContent.Finish();
			case 1, 2 -> new CommandContent.Reopen();
			case 3 -> new CommandContent.Abandon();
			case 4, 5 -> new CommandContent.Resume();
			case 6 -> new RestoreContent(cursor().at(random.nextLong(events().size() + 1L)).toString());
			case 7 -> new PlanContent(NOW.plusSeconds(random.nextInt(-20, 100) * 86_400L).toString());
			default -> report(BigDecimal.valueOf(random.nextInt(101), 2).toString(),
					NOW.minusSeconds(random.nextInt(40) * 86_400L));
		};
	}

	private static PositionContent report(String fraction, Instant occurredAt) {
		return new PositionContent(new BigDecimal(fraction), null, null, null, null, occurredAt.toString(), null);
	}

	private Cursor cursor() {
		return Objects.requireNonNull(this.log.cursor().block(HANG_LIMIT));
	}

	private List<StoredEvent> events() {
		return new ArrayList<>(
				Objects.requireNonNull(this.log.load(this.reading.toString()).collectList().block(HANG_LIMIT)));
	}

	/** But for when it was stored. */
	private static String plain(ReadingDocument document) {
		return new JsonMapper().writeValueAsString(document).replaceAll("\"receivedAt\":\"[^\"]*\"", "");
	}

}
