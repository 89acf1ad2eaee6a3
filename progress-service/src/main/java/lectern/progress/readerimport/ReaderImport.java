package lectern.progress.readerimport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import lectern.progress.account.ProfileImport;
import lectern.progress.eventlog.EventImporter;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.ImportedEvent;
import lectern.progress.eventlog.RawEvent;
import lectern.progress.eventlog.VersionConflictException;
import lectern.progress.readerexport.OriginalReceipt;
import lectern.progress.readerimport.ImportEntry.AccountEntry;
import lectern.progress.readerimport.ImportEntry.EventEntry;
import lectern.progress.readerimport.ImportEntry.RefusedEntry;
import lectern.progress.readerimport.ReaderImportResult.Refusal;
import lectern.web.IdleSenderTimeout;
import lectern.web.LineSplitter;
import lectern.web.Problem;
import lectern.web.ProblemBody;
import lectern.web.ProblemType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatus;

/**
 * The import of one export. Holds a few hundred lines, the end of each reading and the
 * refusals, however long the export is. The events that the reader has are compared with
 * the lines, so an import that is repeated changes nothing, and one that was interrupted
 * goes on. One instance for each request.
 */
final class ReaderImport {

	/** After so many the import ends: something is wrong with all of it. */
	static final int MAX_REFUSALS = 1000;

	private static final int PART_SIZE = 256;

	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

	private static final ProblemType READER_NOT_EMPTY = new ProblemType("reader-not-empty", HttpStatus.CONFLICT,
			"The reader has other events");

	private final String reader;

	private final ImportEntryParser parser;

	private final EventLog log;

	private final EventImporter importer;

	private final ProfileImport profiles;

	private final ReaderImportLocks locks;

	private final ImportedStreams streams;

	private final List<Refusal> refusals = new ArrayList<>();

	private int read;

	private int added;

	private int unchanged;

	/** The position up to which the events that the reader has are compared. */
	private long comparedPosition;

	/** Whether the reader has no further events than those compared and added. */
	private boolean compared;

	ReaderImport(String reader, ImportEntryParser parser, EventLog log, EventImporter importer, ProfileImport profiles,
			ReaderImportLocks locks) {
		this.reader = reader;
		this.parser = parser;
		this.log = log;
		this.importer = importer;
		this.profiles = profiles;
		this.locks = locks;
		this.streams = new ImportedStreams(reader);
	}

	/**
	 * Import the lines of a body.
	 * @return cold; fails with a problem if the reader has events that are not in the
	 * import; the lines before are stored then
	 */
	Mono<ReaderImportResult> run(Flux<DataBuffer> body) {
		LineSplitter splitter = new LineSplitter();
		return IdleSenderTimeout.apply(body.map(splitter::lines), IDLE_TIMEOUT)
			.concatWith(Mono.fromSupplier(splitter::lastLine))
			.publishOn(Schedulers.parallel(), 1)
			.flatMapIterable(Function.identity(), 1)
			.map((line) -> this.parser.parse(this.reader, line))
			.buffer(PART_SIZE)
			.concatMap(this::importPart, 1)
			.takeUntil((_) -> this.refusals.size() >= MAX_REFUSALS)
			.then(Mono.fromSupplier(this::result));
	}

	/** The paths of the import so far. */
	ImportedStreams streams() {
		return this.streams;
	}

	private ReaderImportResult result() {
		return new ReaderImportResult(this.read, this.added, this.unchanged, this.refusals.size(), this.refusals);
	}

	private Mono<Boolean> importPart(List<ImportEntry> entries) {
		List<EventEntry> events = new ArrayList<>();
		List<ImportedEvent> imported = new ArrayList<>();
		Mono<Void> account = Mono.empty();
		for (ImportEntry entry : entries) {
			this.read = entry.number();
			switch (entry) {
				case ImportEntry.BlankEntry _ -> {
				}
				case RefusedEntry refused -> refuse(refused.number(), refused.reason());
				case AccountEntry line -> account = account.then(importAccount(line));
				case EventEntry event -> {
					String fault = this.streams.add(event);
					if (fault == null) {
						events.add(event);
						imported.add(toImported(event));
					}
					else {
						refuse(event.number(), Problem.of(ProblemType.INVALID, fault));
					}
				}
			}
		}
		return this.locks.renew(this.reader)
			.then(account)
			.then(Mono.defer(() -> compare(events)))
			.flatMap((known) -> append(imported.subList(known, imported.size())))
			.thenReturn(true);
	}

	private ImportedEvent toImported(EventEntry event) {
		return new ImportedEvent(event.stream(), this.streams.version(event.stream()), event.type(), event.book(),
				event.occurredAt(),
				event.data().deepCopy().put(OriginalReceipt.MEMBER, event.receivedAt().toString()).toString());
	}

	private Mono<Void> importAccount(AccountEntry line) {
		if (line.number() != 1 || !line.reader().equals(this.reader)) {
			return Mono.fromRunnable(() -> refuse(line.number(), Problem.of(ProblemType.INVALID,
					"The account must be that of the reader who is imported, and in the first line.")));
		}
		return this.profiles.replace(this.reader, line.profile())
			.onErrorResume(Problem.class, (problem) -> Mono.fromRunnable(() -> refuse(line.number(), problem)));
	}

	private void refuse(int line, Problem reason) {
		if (this.refusals.size() < MAX_REFUSALS) {
			this.refusals.add(new Refusal(line, ProblemBody.of(reason)));
		}
	}

	/** Return how many of these events the reader has already. */
	private Mono<Integer> compare(List<EventEntry> events) {
		if (this.compared || events.isEmpty()) {
			return Mono.just(0);
		}
		return this.log.readRawByReader(this.reader)
			.read(this.comparedPosition, Long.MAX_VALUE, events.size())
			.collectList()
			.map((known) -> {
				for (int index = 0; index < known.size(); index++) {
					requireSame(events.get(index), known.get(index).event());
					this.comparedPosition = known.get(index).position();
				}
				this.compared = known.size() < events.size();
				this.unchanged += known.size();
				return known.size();
			});
	}

	private void requireSame(EventEntry line, RawEvent known) {
		OriginalReceipt receipt = OriginalReceipt.of(known.data(), known.receivedAt());
		boolean same = line.type().equals(known.type()) && line.stream().equals(known.stream())
				&& Objects.equals(line.book(), known.book()) && line.occurredAt().equals(known.occurredAt())
				&& line.receivedAt().equals(receipt.receivedAt())
				&& line.data().equals(this.parser.parse(receipt.data()));
		if (!same) {
			throw Problem.of(READER_NOT_EMPTY, "The reader has an event that is not that of line " + line.number()
					+ ". Import into an account without events, or send the same lines again.");
		}
	}

	private Mono<Void> append(List<ImportedEvent> events) {
		return events.isEmpty() ? Mono.empty() : this.importer.append(this.reader, events)
			.doOnNext((_) -> this.added += events.size())
			.onErrorMap(VersionConflictException.class, (_) -> Problem.of(READER_NOT_EMPTY,
					"A reading of the import exists already, or the reader has used the account during the import."))
			.then();
	}

}
