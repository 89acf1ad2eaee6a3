package lectern.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/**
 * Sends the content of a request to a service, and takes the next part only when the
 * connection to the service can take it.
 */
final class ContentSender extends BaseSubscriber<ByteBuf> {

	private final Channel channel;

	private final ServiceCall call;

	private boolean waiting;

	private boolean sentAll;

	private boolean flushScheduled;

	ContentSender(Channel channel, ServiceCall call) {
		this.channel = channel;
		this.call = call;
	}

	boolean hasSentAll() {
		return this.sentAll;
	}

	/** Return whether the service could take more than the client has sent. */
	boolean isWaitingForClient() {
		return !this.sentAll && !this.waiting;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		request(1);
	}

	@Override
	protected void hookOnNext(ByteBuf bytes) {
		this.channel.write(new DefaultHttpContent(bytes.retain()), this.channel.voidPromise());
		scheduleFlush();
		if (this.channel.isWritable()) {
			request(1);
		}
		else {
			this.waiting = true;
		}
	}

	/** Content that arrived whole is sent together with the head of the request. */
	private void scheduleFlush() {
		if (!this.flushScheduled) {
			this.flushScheduled = true;
			this.channel.eventLoop().execute(() -> {
				this.flushScheduled = false;
				if (!this.sentAll) {
					this.channel.flush();
				}
			});
		}
	}

	/** Take the next part if the connection was full before. */
	void requestNext() {
		if (this.waiting) {
			this.waiting = false;
			request(1);
		}
	}

	@Override
	protected void hookOnComplete() {
		this.sentAll = true;
		this.channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, this.channel.voidPromise());
	}

	/** The client's connection broke before the end of the content. */
	@Override
	protected void hookOnError(Throwable failure) {
		this.call.onClientFailure(failure);
	}

}
