package lectern.progress.eventlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * An append with encoded events, ready to be written. Encoding can fail and takes time,
 * so it is done before the head of the log is locked.
 *
 * @param types the stored type names of the events
 * @param data the JSON of the events
 * @param commands the commands to remember
 * @param claim what the append claims besides; null for nothing
 */
record Append(String stream, int expectedVersion, List<NewEvent> events, List<String> types, List<String> data,
		List<AppendedCommand> commands, @Nullable StreamClaim claim) {

	/**
	 * Create an append and encode its events.
	 * @throws IllegalArgumentException if there is nothing to append, if a payload has a
	 * type that is not registered, if a value contains a line break, or if two commands
	 * have the same key
	 */
	static Append of(String stream, int expectedVersion, List<NewEvent> events, List<AppendedCommand> commands,
			@Nullable StreamClaim claim, EventTypes types) {
		if (events.isEmpty() && commands.isEmpty() && claim == null) {
			throw new IllegalArgumentException("There is nothing to append");
		}
		if (commands.stream().map((command) -> CommandKey.of(command.idempotencyRecord())).distinct().count() < commands
			.size()) {
			throw new IllegalArgumentException("Two commands have the same key");
		}
		requireOneLine(stream);
		events.forEach((event) -> requireOneLine(event.reader(), event.book()));
		commands.stream()
			.map(AppendedCommand::idempotencyRecord)
			.forEach((command) -> requireOneLine(command.reader(), command.key(), command.hash(), command.response()));
		if (claim != null) {
			requireOneLine(claim.reader(), (claim instanceof StreamClaim.Alias alias) ? alias.id() : null,
					(claim instanceof StreamClaim.Opening opening) ? opening.book() : null);
		}
		return new Append(stream, expectedVersion, List.copyOf(events),
				events.stream().map(NewEvent::payload).map(types::name).toList(),
				events.stream().map(NewEvent::payload).map(types::write).toList(), List.copyOf(commands), claim);
	}

	/** A batch is sent with a line for each value. */
	private static void requireOneLine(@Nullable String... values) {
		for (String value : values) {
			if (value != null && value.indexOf('\n') >= 0) {
				throw new IllegalArgumentException("Contains a line break: " + value);
			}
		}
	}

	/**
	 * The result, once the append is committed.
	 * @param before the cursor of the last event of the log before
	 */
	AppendResult result(Cursor before, Instant receivedAt) {
		List<StoredEvent> stored = new ArrayList<>(this.events.size());
		for (NewEvent event : this.events) {
			int index = stored.size();
			stored.add(new StoredEvent(before.position() + 1 + index, this.stream, this.expectedVersion + 1 + index,
					event.reader(), this.types.get(index), event.book(), event.occurredAt(), receivedAt,
					event.payload()));
		}
		return new AppendResult(before.at(before.position() + stored.size()), stored);
	}

}
