package lectern.progress.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import lectern.progress.eventlog.EventLog;
import lectern.web.Problem;
import reactor.core.publisher.Mono;

/**
 * What is left of commands without those that are stored already. To send a list again
 * changes nothing.
 *
 * @param remaining the commands that are not stored
 * @param refused those whose key was used for another command
 */
record StoredLines(List<CommandLine> remaining, List<RefusedCommand> refused) {

	/** Look the commands up; cold. */
	static Mono<StoredLines> of(EventLog log, String reader, List<CommandLine> lines) {
		return lines.isEmpty() ? Mono.just(new StoredLines(lines, List.of()))
				: log.storedHashes(reader, lines.stream().map((line) -> line.key().value()).toList())
					.map((hashes) -> of(lines, hashes));
	}

	private static StoredLines of(List<CommandLine> lines, Map<String, String> hashes) {
		List<CommandLine> remaining = new ArrayList<>();
		List<RefusedCommand> refused = new ArrayList<>();
		for (CommandLine line : lines) {
			String hash = hashes.get(line.key().value());
			if (hash == null) {
				remaining.add(line);
			}
			else {
				try {
					line.key().requireSameCommand(hash);
				}
				catch (Problem problem) {
					refused.add(new RefusedCommand(line.number(), line.key().value(), problem));
				}
			}
		}
		return new StoredLines(remaining, refused);
	}

}
