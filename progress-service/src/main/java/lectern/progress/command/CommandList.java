package lectern.progress.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import lectern.progress.command.ReadingCommandListHandler.ListOutcome;
import lectern.progress.eventlog.EventLog;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Executes parts of a list of commands in order. Neighbouring independent commands are
 * stored together, those of different readings side by side; any other command waits for
 * those before it and is executed alone.
 */
@Component
class CommandList {

	private static final int MAX_READINGS_AT_ONCE = 16;

	private final EventLog log;

	private final ReadingCommandListHandler independentCommands;

	private final SingleCommandHandler otherCommands;

	CommandList(EventLog log, ReadingCommandListHandler independentCommands, SingleCommandHandler otherCommands) {
		this.log = log;
		this.independentCommands = independentCommands;
		this.otherCommands = otherCommands;
	}

	/**
	 * Execute commands.
	 * @param lines at least one
	 * @return cold; fails if the commands cannot be stored at present, and then it is
	 * unknown which of them are
	 */
	Mono<Outcome> execute(String reader, List<ListedCommand> lines) {
		List<RefusedCommand> refused = new ArrayList<>();
		List<List<CommandLine>> parts = split(lines, refused);
		return Flux.fromIterable(parts)
			.concatMap((part) -> executePart(reader, part))
			.doOnNext((outcome) -> refused.addAll(outcome.refused()))
			.mapNotNull(ListOutcome::cursor)
			.reduce(CommandList::later)
			.map((cursor) -> outcome(lines, refused, cursor))
			.switchIfEmpty(Mono.fromSupplier(() -> outcome(lines, refused, null)));
	}

	/** Neither a command that is not independent nor a repeated key shares a part. */
	private static List<List<CommandLine>> split(List<ListedCommand> lines, List<RefusedCommand> refused) {
		List<List<CommandLine>> parts = new ArrayList<>();
		List<CommandLine> part = new ArrayList<>();
		Set<String> keys = new HashSet<>();
		for (ListedCommand line : lines) {
			switch (line) {
				case ListedCommand.BlankLine _ -> {
				}
				case RefusedCommand invalid -> refused.add(invalid);
				case CommandLine command -> {
					if (!part.isEmpty() && !(command.isIndependent() && part.getLast().isIndependent()
							&& !keys.contains(command.key().value()))) {
						parts.add(part);
						part = new ArrayList<>();
						keys.clear();
					}
					part.add(command);
					keys.add(command.key().value());
				}
			}
		}
		if (!part.isEmpty()) {
			parts.add(part);
		}
		return parts;
	}

	private Flux<ListOutcome> executePart(String reader, List<CommandLine> part) {
		return StoredLines.of(this.log, reader, part)
			.flatMapMany((stored) -> Flux.concat(Mono.just(new ListOutcome(stored.refused(), null)),
					executeNew(reader, stored.remaining())));
	}

	private Flux<ListOutcome> executeNew(String reader, List<CommandLine> lines) {
		if (lines.size() == 1 && !lines.getFirst().isIndependent()) {
			return this.otherCommands.handle(reader, lines.getFirst()).flux();
		}
		return Flux.fromIterable(lines.stream().collect(Collectors.groupingBy(CommandLine::reading)).entrySet())
			.flatMap((group) -> this.independentCommands.handle(reader, group.getKey(), group.getValue()),
					MAX_READINGS_AT_ONCE);
	}

	private static Cursor later(Cursor one, Cursor other) {
		return (one.position() >= other.position()) ? one : other;
	}

	private static Outcome outcome(List<ListedCommand> lines, List<RefusedCommand> refused, @Nullable Cursor cursor) {
		refused.sort((one, other) -> Integer.compare(one.number(), other.number()));
		return new Outcome(lines.getLast().number(), refused, cursor);
	}

	/**
	 * The outcome of a part of a list.
	 *
	 * @param through the number of its last line
	 * @param refused the refused lines, by number
	 * @param cursor the cursor of the last new event; null if there is none
	 */
	record Outcome(int through, List<RefusedCommand> refused, @Nullable Cursor cursor) {
	}

}
