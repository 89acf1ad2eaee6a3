package lectern.progress.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.streaming.EventSource;

/** A log that lasts as long as a test. */
public final class InMemoryEventLog implements EventLog {

	private static final String EPOCH = "epochoftest";

	private final EventTypes types;

	private final List<StoredEvent> events = new ArrayList<>();

	private final Map<CommandKey, KeptAnswer> answers = new HashMap<>();

	private boolean busy;

	private int loads;

	public InMemoryEventLog(EventTypes types) {
		this.types = types;
	}

	/** From now on too many others wait. */
	public synchronized void becomeBusy() {
		this.busy = true;
	}

	/** How often a stream was loaded. */
	public synchronized int loads() {
		return this.loads;
	}

	@Override
	public Flux<StoredEvent> load(String stream) {
		return Flux.defer(() -> Flux.fromIterable(loaded()).filter((event) -> event.stream().equals(stream)));
	}

	@Override
	public Flux<StoredEvent> load(Stretch stretch) {
		return load(stretch.stream()).filter((event) -> event.version() > stretch.after()
				&& event.version() < stretch.before() && event.position() <= stretch.upTo());
	}

	@Override
	public Flux<StoredEvent> load(Selection selection) {
		return load(selection.stream()).filter((event) -> selection.versions().contains(event.version())
				|| (event.version() > selection.after() && event.position() <= selection.upTo()));
	}

	@Override
	public Flux<StoredEvent> latest(String stream, int before, int limit) {
		return Flux.defer(() -> Flux.fromIterable(copy().reversed()))
			.filter((event) -> event.stream().equals(stream) && event.version() < before)
			.take(limit);
	}

	private synchronized List<StoredEvent> loaded() {
		this.loads++;
		return copy();
	}

	@Override
	public Mono<Appended> append(String stream, int expectedVersion, List<NewEvent> added, @Nullable Receipt receipt) {
		return Mono.fromSupplier(() -> store(Append.of(stream, expectedVersion, added, receipt, this.types)));
	}

	private synchronized Appended store(Append append) {
		if (this.busy) {
			throw new LogBusy();
		}
		Receipt receipt = append.receipt();
		if (receipt != null && this.answers.containsKey(CommandKey.of(receipt))) {
			throw new KeyTaken();
		}
		if (this.events.stream().filter((event) -> event.stream().equals(append.stream())).count() != append
			.expectedVersion()) {
			throw new VersionConflict(append.stream(), append.expectedVersion());
		}
		List<StoredEvent> stored = new ArrayList<>();
		Instant now = Instant.now();
		for (NewEvent event : append.events()) {
			stored.add(new StoredEvent(this.events.size() + stored.size() + 1, append.stream(),
					append.expectedVersion() + stored.size() + 1, event.reader(), append.types().get(stored.size()),
					event.book(), event.occurredAt(), now, event.payload()));
		}
		Appended appended = new Appended(new Cursor(EPOCH, this.events.size() + stored.size()), stored);
		if (receipt != null) {
			this.answers.put(CommandKey.of(receipt), new KeptAnswer(receipt.hash(), receipt.answer().apply(appended)));
		}
		this.events.addAll(stored);
		return appended;
	}

	@Override
	public Mono<KeptAnswer> answer(String reader, String key) {
		return Mono.fromSupplier(() -> kept(new CommandKey(reader, key)));
	}

	private synchronized @Nullable KeptAnswer kept(CommandKey key) {
		return this.answers.get(key);
	}

	@Override
	public Mono<Cursor> cursor() {
		return Mono.fromSupplier(() -> new Cursor(EPOCH, copy().size()));
	}

	@Override
	public Mono<Cursor> at(Instant instant) {
		return Mono.fromSupplier(() -> new Cursor(EPOCH,
				copy().stream().filter((event) -> !event.receivedAt().isAfter(instant)).count()));
	}

	@Override
	public EventSource<StoredEvent> all() {
		return (after, upTo,
				limit) -> Flux.defer(() -> Flux.fromIterable(copy())
					.filter((event) -> event.position() > after && event.position() <= upTo)
					.take(limit)
					.map(StoredEvent::entry));
	}

	@Override
	public EventSource<StoredEvent> of(String reader) {
		return (after, upTo, limit) -> all().read(after, upTo, Integer.MAX_VALUE)
			.filter((entry) -> entry.event().reader().equals(reader))
			.take(limit);
	}

	@Override
	public EventSource<RawEvent> rawOf(String reader) {
		return (after, upTo, limit) -> of(reader).read(after, upTo, limit).map((entry) -> {
			StoredEvent event = entry.event();
			return new Entry<>(entry.position(), entry.receivedAt(),
					new RawEvent(event.position(), event.stream(), event.version(), event.reader(), event.type(),
							event.book(), event.occurredAt(), event.receivedAt(), this.types.write(event.payload())));
		});
	}

	@Override
	public EventSource<StoredEvent> milestones() {
		return (after, upTo, limit) -> all().read(after, upTo, Integer.MAX_VALUE)
			.filter((entry) -> entry.event().version() % MILESTONE == 0)
			.take(limit);
	}

	private synchronized List<StoredEvent> copy() {
		return List.copyOf(this.events);
	}

}
