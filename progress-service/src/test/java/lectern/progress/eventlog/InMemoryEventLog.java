package lectern.progress.eventlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.progress.eventlog.StreamClaim.Alias;
import lectern.progress.eventlog.StreamClaim.Opening;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An event log in memory. */
public final class InMemoryEventLog implements EventLog {

	private static final String EPOCH = "epochoftest";

	private final EventTypes types;

	private final List<StoredEvent> events = new ArrayList<>();

	private final Map<CommandKey, StoredCommand> commands = new HashMap<>();

	private final Map<String, String> aliases = new HashMap<>();

	private boolean queueFull;

	private int loadCount;

	public InMemoryEventLog(EventTypes types) {
		this.types = types;
	}

	/** From now on reject all appends, as if the queue were full. */
	public synchronized void rejectAppends() {
		this.queueFull = true;
	}

	/** The number of loads of streams so far. */
	public synchronized int loadCount() {
		return this.loadCount;
	}

	@Override
	public Flux<StoredEvent> load(String stream) {
		return Flux.defer(() -> Flux.fromIterable(countedCopy()).filter((event) -> event.stream().equals(stream)));
	}

	@Override
	public Flux<StoredEvent> load(StreamSlice slice) {
		return load(slice.stream()).filter((event) -> event.version() > slice.after()
				&& event.version() < slice.before() && event.position() <= slice.upTo());
	}

	@Override
	public Flux<StoredEvent> load(Collection<StreamSlice> slices) {
		return Flux.fromIterable(slices).concatMap(this::load);
	}

	@Override
	public Flux<StoredEvent> load(VersionSelection selection) {
		return load(selection.stream()).filter((event) -> selection.versions().contains(event.version())
				|| (event.version() > selection.after() && event.position() <= selection.upTo()));
	}

	@Override
	public Flux<StoredEvent> loadBackwards(String stream, int before, int limit) {
		return Flux.defer(() -> Flux.fromIterable(copy().reversed()))
			.filter((event) -> event.stream().equals(stream) && event.version() < before)
			.take(limit);
	}

	private synchronized List<StoredEvent> countedCopy() {
		this.loadCount++;
		return copy();
	}

	@Override
	public Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> newEvents,
			@Nullable IdempotencyRecord idempotencyRecord, @Nullable StreamClaim claim) {
		return append(stream, expectedVersion, newEvents, AppendedCommand.only(idempotencyRecord, newEvents), claim);
	}

	@Override
	public Mono<AppendResult> appendAll(String stream, int expectedVersion, List<NewEvent> newEvents,
			List<AppendedCommand> newCommands) {
		return append(stream, expectedVersion, newEvents, newCommands, null);
	}

	private Mono<AppendResult> append(String stream, int expectedVersion, List<NewEvent> newEvents,
			List<AppendedCommand> newCommands, @Nullable StreamClaim claim) {
		return Mono
			.fromSupplier(() -> store(Append.of(stream, expectedVersion, newEvents, newCommands, claim, this.types)));
	}

	@Override
	public Mono<Map<String, String>> storedHashes(String reader, Collection<String> keys) {
		return Mono.fromSupplier(() -> hashesOf(reader, keys));
	}

	private synchronized AppendResult store(Append append) {
		if (this.queueFull) {
			throw new AppendQueueFullException();
		}
		if (append.commands()
			.stream()
			.anyMatch((command) -> this.commands.containsKey(CommandKey.of(command.idempotencyRecord())))) {
			throw new DuplicateCommandException();
		}
		if (this.events.stream().filter((event) -> event.stream().equals(append.stream())).count() != append
			.expectedVersion()) {
			throw new VersionConflictException(append.stream(), append.expectedVersion());
		}
		StreamClaim claim = append.claim();
		String holder = holder(append.stream(), claim);
		if (claim != null && holder != null) {
			throw new StreamClaimedException(claim.reader(), holder);
		}
		if (claim instanceof Alias alias) {
			this.aliases.put(alias.id(), append.stream());
		}
		List<StoredEvent> stored = new ArrayList<>();
		Instant now = Instant.now();
		for (NewEvent event : append.events()) {
			stored.add(new StoredEvent(this.events.size() + stored.size() + 1, append.stream(),
					append.expectedVersion() + stored.size() + 1, event.reader(), append.types().get(stored.size()),
					event.book(), event.occurredAt(), now, event.payload()));
		}
		AppendResult result = new AppendResult(new Cursor(EPOCH, this.events.size() + stored.size()), stored);
		this.events.addAll(stored);
		append.commands()
			.forEach((command) -> this.commands.put(CommandKey.of(command.idempotencyRecord()),
					toStoredCommand(command, append)));
		return result;
	}

	private @Nullable String holder(String stream, @Nullable StreamClaim claim) {
		return switch (claim) {
			case null -> null;
			case Alias alias when exists(alias.id()) -> alias.id();
			case Alias alias -> stream.equals(this.aliases.get(alias.id())) ? null : this.aliases.get(alias.id());
			case Opening _ when this.aliases.containsKey(stream) -> this.aliases.get(stream);
			case Opening opening -> opening.exclusive() ? otherOpenStream(stream, opening) : null;
		};
	}

	private boolean exists(String stream) {
		return this.events.stream().anyMatch((event) -> event.stream().equals(stream));
	}

	private @Nullable String otherOpenStream(String stream, Opening opening) {
		LinkedHashSet<String> open = new LinkedHashSet<>();
		Set<String> removed = new HashSet<>();
		for (StoredEvent event : this.events) {
			if (event.reader().equals(opening.reader()) && opening.book().equals(event.book())
					&& !event.stream().equals(stream)) {
				switch (event.type()) {
					case "reading-started", "reading-reopened", "reading-resumed" -> open.addLast(event.stream());
					case "reading-finished", "reading-abandoned" -> open.remove(event.stream());
					case "reading-removed" -> removed.add(event.stream());
					case "reading-returned" -> removed.remove(event.stream());
					default -> {
					}
				}
			}
		}
		return open.stream().filter((other) -> !removed.contains(other)).reduce((_, last) -> last).orElse(null);
	}

	@Override
	public Mono<String> findByAlias(String alias) {
		return Mono.fromSupplier(() -> streamOf(alias));
	}

	private synchronized @Nullable String streamOf(String alias) {
		return this.aliases.get(alias);
	}

	private StoredCommand toStoredCommand(AppendedCommand command, Append append) {
		IdempotencyRecord idempotencyRecord = command.idempotencyRecord();
		int count = command.eventCount();
		int version = append.expectedVersion() + command.end();
		long position = this.events.stream()
			.filter((event) -> event.stream().equals(append.stream()) && event.version() == version)
			.mapToLong(StoredEvent::position)
			.findAny()
			.orElse(0);
		Cursor cursor = new Cursor(EPOCH, position);
		return (idempotencyRecord.response() != null)
				? new StoredResponse(idempotencyRecord.hash(), idempotencyRecord.response(),
						(count > 0) ? cursor : null)
				: new CommandReference(idempotencyRecord.hash(), append.stream(), version, count, cursor);
	}

	@Override
	public Mono<StoredCommand> storedCommand(String reader, String key) {
		return Mono.fromSupplier(() -> commandOf(new CommandKey(reader, key)));
	}

	private synchronized Map<String, String> hashesOf(String reader, Collection<String> keys) {
		Map<String, String> hashes = new HashMap<>();
		for (String key : keys) {
			StoredCommand command = this.commands.get(new CommandKey(reader, key));
			if (command != null) {
				hashes.put(key, command.hash());
			}
		}
		return hashes;
	}

	private synchronized @Nullable StoredCommand commandOf(CommandKey key) {
		return this.commands.get(key);
	}

	@Override
	public Mono<Cursor> cursor() {
		return Mono.fromSupplier(() -> new Cursor(EPOCH, copy().size()));
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return Mono.fromSupplier(() -> new Cursor(EPOCH,
				copy().stream().filter((event) -> !event.receivedAt().isAfter(instant)).count()));
	}

	@Override
	public Mono<Instant> receivedAt(Cursor cursor) {
		return Mono.fromSupplier(() -> copy().stream()
			.filter((event) -> event.position() <= cursor.position())
			.reduce((_, last) -> last)
			.map(StoredEvent::receivedAt)
			.orElse(Instant.EPOCH));
	}

	@Override
	public EventReader<StoredEvent> readAll() {
		return (after, upTo,
				limit) -> Flux.defer(() -> Flux.fromIterable(copy())
					.filter((event) -> event.position() > after && event.position() <= upTo)
					.take(limit)
					.map(StoredEvent::toEnvelope));
	}

	@Override
	public EventReader<StoredEvent> readByReader(String reader) {
		return (after, upTo, limit) -> readAll().read(after, upTo, Integer.MAX_VALUE)
			.filter((envelope) -> envelope.event().reader().equals(reader))
			.take(limit);
	}

	@Override
	public EventReader<RawEvent> readRawByReader(String reader) {
		return (after, upTo, limit) -> readByReader(reader).read(after, upTo, limit).map((envelope) -> {
			StoredEvent event = envelope.event();
			return new EventEnvelope<>(envelope.position(), envelope.receivedAt(),
					new RawEvent(event.position(), event.stream(), event.version(), event.reader(), event.type(),
							event.book(), event.occurredAt(), event.receivedAt(), this.types.write(event.payload())));
		});
	}

	@Override
	public EventReader<StoredEvent> checkpoints() {
		return (after, upTo, limit) -> readAll().read(after, upTo, Integer.MAX_VALUE)
			.filter((envelope) -> envelope.event().version() % CHECKPOINT_INTERVAL == 0)
			.take(limit);
	}

	private synchronized List<StoredEvent> copy() {
		return List.copyOf(this.events);
	}

}
