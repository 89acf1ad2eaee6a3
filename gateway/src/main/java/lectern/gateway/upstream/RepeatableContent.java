package lectern.gateway.upstream;

import java.io.ByteArrayOutputStream;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The content of a request, which a client sends once. Small content of a request that is
 * safe to repeat is collected and kept until the response begins.
 *
 * @param <T> the buffers
 */
public final class RepeatableContent<T> {

	private static final long MAX_KEPT_BYTES = 16 * 1024;

	private final Flux<T> source;

	private final @Nullable Flux<T> kept;

	private final Runnable onComplete;

	private volatile boolean started;

	private volatile boolean complete;

	private volatile boolean failed;

	/**
	 * @param source may be subscribed to once
	 * @param length the length of the content; negative if it is not known
	 * @param safe whether the request is safe to repeat
	 * @param copier copies the bytes of a buffer, and releases it unless its source does
	 * @param onComplete is called when the client has sent all
	 */
	public RepeatableContent(Flux<T> source, long length, boolean safe, Function<T, byte[]> copier,
			Function<byte[], T> wrapper, Runnable onComplete) {
		this.onComplete = onComplete;
		this.source = source.doOnSubscribe((_) -> this.started = true)
			.doOnComplete(this::complete)
			.doOnError((_) -> this.failed = true);
		this.kept = (safe && length >= 0 && length <= MAX_KEPT_BYTES) ? collect(copier, wrapper) : null;
	}

	/** The end of an attempt does not end the collection. */
	private Flux<T> collect(Function<T, byte[]> copier, Function<byte[], T> wrapper) {
		Mono<byte[]> whole = this.source
			.collect(ByteArrayOutputStream::new, (bytes, buffer) -> bytes.writeBytes(copier.apply(buffer)))
			.map(ByteArrayOutputStream::toByteArray)
			.cache();
		return whole.filter((bytes) -> bytes.length > 0).map(wrapper).flux();
	}

	private void complete() {
		this.complete = true;
		this.onComplete.run();
	}

	/** Return the content for one attempt. */
	public Flux<T> forAttempt() {
		return (this.kept != null) ? this.kept : this.source;
	}

	/** Return whether there was an attempt that got a connection. */
	public boolean isStarted() {
		return this.started;
	}

	/** Return whether there can be another attempt. */
	public boolean isRepeatable() {
		return !this.started || this.kept != null && !this.failed;
	}

	/** Return whether the client has left before it had sent all. */
	public boolean hasFailed() {
		return this.failed;
	}

	/** Return whether the client still has to send a part of the content. */
	public boolean isIncomplete() {
		return this.started && !this.complete;
	}

}
