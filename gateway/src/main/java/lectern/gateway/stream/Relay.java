package lectern.gateway.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.buffer.Unpooled;
import lectern.streaming.Block;
import lectern.streaming.Connection;
import lectern.streaming.End;
import lectern.streaming.Frame;
import lectern.streaming.StreamMeters;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A client's stream that a service feeds. What the service sends is passed on in whole
 * blocks, as fast as the client takes it. When the service goes away the client stays,
 * and the service is called again from the last id that was passed on.
 */
final class Relay extends Connection {

	private static final long FIRST_PAUSE = 200;

	private static final long LONGEST_PAUSE = 5_000;

	private final Dial dial;

	private final @Nullable String asked;

	private final UpstreamCount count;

	private @Nullable Call call;

	private @Nullable String lastId;

	private long pause = FIRST_PAUSE;

	/**
	 * @param call the service's answer; null while it is away
	 * @param asked where the client asked to begin; null if it did not
	 */
	Relay(StreamMeters meters, @Nullable Instant sessionEnd, Dial dial, @Nullable Call call, @Nullable String asked,
			UpstreamCount count) {
		super(meters, sessionEnd);
		this.dial = dial;
		this.call = call;
		this.asked = asked;
		this.count = count;
	}

	/** The service's own opening comes first, unless it is away. */
	@Override
	protected void begin() {
		if (this.call == null) {
			writeOwn(Frame.opening(this.asked));
		}
	}

	@Override
	protected Mono<Void> feed() {
		return Mono.defer(this::round).repeat().then();
	}

	private Mono<Void> round() {
		Call current = this.call;
		if (current == null) {
			return redial();
		}
		this.call = null;
		Block.Reader reader = new Block.Reader(Upstream.LARGEST_BLOCK);
		return current.content()
			.publishOn(Schedulers.fromExecutor(loop()), 1)
			.concatMap((bytes) -> passOn(reader.read(Unpooled.wrappedBuffer(bytes))), 0)
			.then()
			.onErrorResume((_) -> Mono.empty())
			.doOnSubscribe((_) -> this.count.opened())
			.doFinally((_) -> {
				this.count.closed();
				current.close();
			});
	}

	private Mono<Void> redial() {
		long wait = ThreadLocalRandom.current().nextLong(this.pause / 2, this.pause + 1);
		this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
		return Mono.delay(Duration.ofMillis(wait))
			.then(this.dial.call(this.lastId))
			.publishOn(Schedulers.fromExecutor(loop()))
			.doOnNext(this::answered)
			.onErrorResume((_) -> Mono.empty())
			.then();
	}

	private void answered(Call answer) {
		if (answer.isStream()) {
			this.call = answer;
			this.pause = FIRST_PAUSE;
			return;
		}
		boolean refused = answer.isRefusal() && answer.status() != 429;
		boolean over = answer.isOver();
		answer.close();
		if (over) {
			end(End.FINISHED);
		}
		else if (refused) {
			end(End.SIGNED_OUT);
		}
	}

	/** Completes when the client can take more. */
	private Mono<Void> passOn(List<Block> blocks) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int passed = 0;
		End end = null;
		for (Block block : blocks) {
			if ("end".equals(block.event())) {
				end = end(block);
			}
			else {
				bytes.writeBytes(block.bytes());
				passed++;
				this.lastId = (block.id() != null) ? block.id() : this.lastId;
			}
		}
		if (passed > 0) {
			writeOwn(Frame.relayed(bytes.toByteArray(), passed));
			flush();
		}
		if (end != null) {
			end(end);
		}
		return room();
	}

	/** A service that only restarts is none of the client's concern. */
	private static @Nullable End end(Block block) {
		String data = (block.data() != null) ? new String(block.data(), StandardCharsets.UTF_8) : "";
		if (data.contains("\"drain\"")) {
			return null;
		}
		return data.contains("\"age\"") ? End.AGE : data.contains("\"finished\"") ? End.FINISHED : End.SIGNED_OUT;
	}

	/** The service has its own; this one tells that at least we are here. */
	@Override
	protected Frame heartbeat() {
		return Frame.comment();
	}

	/** What was answered and never read. */
	@Override
	protected void left() {
		Call unread = this.call;
		this.call = null;
		if (unread != null) {
			unread.close();
		}
	}

	/** Calls the service. */
	@FunctionalInterface
	interface Dial {

		/**
		 * Call the service.
		 * @param lastId where to go on; null to begin where the client asked to
		 * @return cold; fails while the service is away
		 */
		Mono<Call> call(@Nullable String lastId);

	}

}
