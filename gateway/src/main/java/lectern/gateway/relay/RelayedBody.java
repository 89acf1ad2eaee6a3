package lectern.gateway.relay;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * The body of a service's response. It may be subscribed to once, on the event loop of
 * its call; the subscriber releases the buffers. It is hot: what arrives before the
 * subscription is kept.
 */
final class RelayedBody extends Flux<ByteBuf> implements Subscription {

	private final Source source;

	private final Deque<ByteBuf> parts = new ArrayDeque<>(2);

	private @Nullable CoreSubscriber<? super ByteBuf> subscriber;

	private @Nullable Throwable failure;

	private long requested;

	private boolean complete;

	private boolean ended;

	private boolean draining;

	RelayedBody(Source source) {
		this.source = source;
	}

	/** Add a part, which belongs to this body from now on. */
	void add(ByteBuf bytes, boolean last) {
		this.complete = last;
		if (this.ended || !bytes.isReadable()) {
			bytes.release();
		}
		else {
			this.parts.addLast(bytes);
		}
		drain();
	}

	void fail(Throwable cause) {
		this.complete = true;
		this.failure = cause;
		drain();
	}

	/** Release what nobody takes. */
	void discard() {
		this.ended = true;
		this.parts.forEach(ByteBuf::release);
		this.parts.clear();
	}

	boolean hasSeveralParts() {
		return this.parts.size() > 1;
	}

	boolean canTakeMore() {
		return this.parts.isEmpty() || this.requested > 0;
	}

	/**
	 * Take the whole body, instead of a subscription.
	 * @return null if it is empty, has not arrived whole or has several parts
	 */
	@Nullable ByteBuf takeWhole() {
		if (this.complete && this.failure == null && this.parts.size() == 1) {
			this.ended = true;
			return this.parts.pollFirst();
		}
		return null;
	}

	@Override
	public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
		if (this.subscriber != null || this.ended) {
			Operators.error(actual, new IllegalStateException("The body has been taken"));
			return;
		}
		this.subscriber = actual;
		actual.onSubscribe(this);
		drain();
	}

	@Override
	public void request(long count) {
		if (Operators.validate(count)) {
			this.requested = Operators.addCap(this.requested, count);
			drain();
			this.source.onDemand();
		}
	}

	@Override
	public void cancel() {
		if (!this.ended) {
			this.source.cancel();
		}
	}

	private void drain() {
		CoreSubscriber<? super ByteBuf> target = this.subscriber;
		if (target == null || this.draining) {
			return;
		}
		this.draining = true;
		while (!this.ended && this.requested > 0 && !this.parts.isEmpty()) {
			if (this.requested != Long.MAX_VALUE) {
				this.requested--;
			}
			target.onNext(this.parts.removeFirst());
		}
		this.draining = false;
		if (this.complete && this.parts.isEmpty() && !this.ended) {
			this.ended = true;
			complete(target);
		}
	}

	private void complete(CoreSubscriber<? super ByteBuf> target) {
		if (this.failure != null) {
			target.onError(this.failure);
		}
		else {
			target.onComplete();
		}
	}

	/** Where the parts come from. */
	interface Source {

		/** Called when the subscriber has asked for parts. */
		void onDemand();

		/** Called when the subscriber wants no more parts. */
		void cancel();

	}

}
