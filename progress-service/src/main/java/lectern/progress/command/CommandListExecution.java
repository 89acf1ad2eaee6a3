package lectern.progress.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import lectern.streaming.log.Cursor;
import lectern.web.IdleSenderTimeout;
import lectern.web.LineSplitter;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The execution of one list of commands: reads its body as fast as the commands are
 * stored, whether or not the client reads the answers. Holds two parts of the list and
 * the refusals, however long the list is. One instance for each request.
 */
final class CommandListExecution {

	/** After so many the list ends: something is wrong with all of it. */
	static final int MAX_REFUSALS = 1000;

	/** As many commands as are stored together. */
	static final int MAX_PART = 256;

	/** How long a line waits for others that are stored with it. */
	private static final Duration MAX_WAIT = Duration.ofMillis(2);

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	private final String reader;

	private final CommandLineParser parser;

	private final CommandList commands;

	/** Grows only; answers refer to it by index. */
	private final List<RefusedCommand> refused = new ArrayList<>();

	private @Nullable Cursor cursor;

	CommandListExecution(String reader, CommandLineParser parser, CommandList commands) {
		this.reader = reader;
		this.parser = parser;
		this.commands = commands;
	}

	/**
	 * Execute the list.
	 * @param stopping fails when the service stops or the session of the client has ended
	 * @return the answers, cold; fails only before the first one, later failures are an
	 * answer
	 */
	Flux<CommandListAnswer> run(Flux<DataBuffer> body, Mono<Void> stopping) {
		AnswerWriter writer = new AnswerWriter(this.refused);
		// Takes what is known at the time when the client can take more.
		return progress(body.takeUntilOther(stopping)).onBackpressureLatest()
			.concatMapIterable(writer::next, 1)
			.onErrorResume(
					(failure) -> writer.hasWritten() ? Flux.fromIterable(writer.end(failure)) : Flux.error(failure));
	}

	private Flux<Progress> progress(Flux<DataBuffer> body) {
		LineSplitter splitter = new LineSplitter();
		// If the body fails, its incomplete last line is dropped.
		return IdleSenderTimeout.apply(body.map(splitter::lines), IDLE_TIMEOUT)
			.concatWith(Mono.fromSupplier(splitter::lastLine))
			.publishOn(Schedulers.parallel(), 1)
			.flatMapIterable(Function.identity(), 1)
			.map((line) -> this.parser.parse(this.reader, line))
			.bufferTimeout(MAX_PART, MAX_WAIT, Schedulers.parallel(), true)
			.concatMap(this::execute, 1)
			.takeUntil((progress) -> progress.refusedCount() >= MAX_REFUSALS)
			.defaultIfEmpty(new Progress(0, null, 0));
	}

	/** Executes no command after the last refusal. */
	private Flux<Progress> execute(List<ListedCommand> lines) {
		return Flux.defer(() -> {
			int size = Math.min(lines.size(), MAX_REFUSALS - this.refused.size());
			if (size == 0) {
				return Flux.empty();
			}
			return this.commands.execute(this.reader, lines.subList(0, size))
				.map(this::progress)
				.concatWith(execute(lines.subList(size, lines.size())));
		});
	}

	private Progress progress(CommandList.Outcome outcome) {
		synchronized (this.refused) {
			this.refused.addAll(outcome.refused());
			this.cursor = (outcome.cursor() != null) ? outcome.cursor() : this.cursor;
			return new Progress(outcome.through(), this.cursor, this.refused.size());
		}
	}

	/**
	 * How far the list is executed.
	 *
	 * @param through the number of the last executed line
	 * @param cursor the cursor of the last new event; null if there is none so far
	 * @param refusedCount how many lines were refused so far
	 */
	private record Progress(int through, @Nullable Cursor cursor, int refusedCount) {
	}

	/** Writes what has happened since the last time. */
	private static final class AnswerWriter {

		private final List<RefusedCommand> refused;

		private int written;

		private boolean hasWritten;

		AnswerWriter(List<RefusedCommand> refused) {
			this.refused = refused;
		}

		List<CommandListAnswer> next(Progress progress) {
			List<CommandListAnswer> answers = refusals(progress.refusedCount());
			Cursor cursor = progress.cursor();
			answers.add(CommandListAnswer.through(progress.through(), (cursor != null) ? cursor.toString() : null));
			return answers;
		}

		List<CommandListAnswer> end(Throwable failure) {
			return List.of(CommandListAnswer.ended(failure));
		}

		boolean hasWritten() {
			return this.hasWritten;
		}

		private List<CommandListAnswer> refusals(int count) {
			synchronized (this.refused) {
				List<CommandListAnswer> answers = new ArrayList<>(
						this.refused.subList(this.written, count).stream().map(CommandListAnswer::of).toList());
				this.written = count;
				this.hasWritten = true;
				return answers;
			}
		}

	}

}
