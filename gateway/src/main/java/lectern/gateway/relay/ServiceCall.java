package lectern.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A request to a service and its response, confined to the event loop of its client. */
final class ServiceCall implements RelayedBody.Source {

	private final ServiceConnectionPool pool;

	private final HttpRequest request;

	private final @Nullable Flux<ByteBuf> content;

	private final MonoSink<ServiceCall> sink;

	private final long responseDeadline;

	private final RelayedBody body = new RelayedBody(this);

	private @Nullable ServiceConnection connection;

	private @Nullable ContentSender sender;

	private @Nullable HttpResponse response;

	private boolean retried;

	private boolean delivered;

	private boolean ended;

	private ServiceCall(ServiceConnectionPool pool, HttpRequest request, @Nullable Flux<ByteBuf> content,
			MonoSink<ServiceCall> sink) {
		this.pool = pool;
		this.request = request;
		this.content = content;
		this.sink = sink;
		this.responseDeadline = pool.responseDeadline();
	}

	/**
	 * Send a request.
	 * @param request the head, or the whole request if there is no content
	 * @param content the content; null if there is none
	 * @return cold; emits the call when its response has begun, or fails; must be
	 * subscribed to on the event loop of the pool
	 */
	static Mono<ServiceCall> send(ServiceConnectionPool pool, HttpRequest request, @Nullable Flux<ByteBuf> content) {
		return Mono.create((sink) -> {
			ServiceCall call = new ServiceCall(pool, request, content, sink);
			sink.onCancel(call::cancel);
			call.start();
		});
	}

	private void start() {
		ServiceConnection idle = this.pool.takeIdle();
		if (idle != null) {
			send(idle);
		}
		else {
			this.pool.connect(this::onConnected);
		}
	}

	private void onConnected(@Nullable ServiceConnection opened, @Nullable Throwable failure) {
		if (opened != null && !this.ended) {
			send(opened);
		}
		else if (opened != null) {
			this.pool.release(opened);
		}
		else if (failure != null) {
			onFailure(failure);
		}
	}

	private void send(ServiceConnection target) {
		this.connection = target;
		target.begin(this, this.responseDeadline);
		if (this.content == null) {
			target.channel().writeAndFlush(this.request, target.channel().voidPromise());
			return;
		}
		target.channel().write(this.request, target.channel().voidPromise());
		this.sender = new ContentSender(target.channel(), this);
		this.content.subscribe(this.sender);
	}

	/** Return the head of the response; present when the call has been emitted. */
	HttpResponse response() {
		if (this.response == null) {
			throw new IllegalStateException("The response has not begun");
		}
		return this.response;
	}

	RelayedBody body() {
		return this.body;
	}

	void onResponse(HttpResponse head) {
		this.response = head;
		if (this.connection != null) {
			this.connection.clearDeadline();
		}
	}

	/** Receive a part of the response's body. */
	void onContent(ByteBuf bytes, boolean last) {
		this.body.add(bytes, last);
		if (last) {
			end(this.sender == null || this.sender.hasSentAll());
		}
		if (last || this.body.hasSeveralParts()) {
			deliver();
		}
		onDemand();
	}

	void onReadComplete() {
		if (this.response != null) {
			deliver();
		}
	}

	/** Emit the call. Until then a small response has usually arrived whole. */
	private void deliver() {
		if (!this.delivered) {
			this.delivered = true;
			this.sink.success(this);
		}
	}

	void onWritable() {
		if (this.sender != null) {
			this.sender.requestNext();
		}
	}

	/** The service gets no more time, or the client if the service waits for it. */
	void onTimeout() {
		boolean stalled = this.sender != null && this.sender.isWaitingForClient();
		fail(stalled ? StalledRequestFilter.stalled() : new ResponseTimeoutException());
	}

	/**
	 * Fail, or try once more if the service closed a connection that had been unused: it
	 * has not seen the request then, and would do no harm if it had.
	 */
	void onFailure(Throwable failure) {
		ServiceConnection failed = this.connection;
		if (failed != null && failed.hasBeenUsed() && this.response == null && !this.retried && !this.ended
				&& isRepeatable()) {
			this.retried = true;
			this.connection = null;
			failed.abort();
			this.pool.connect(this::onConnected);
		}
		else {
			fail(failure);
		}
	}

	private boolean isRepeatable() {
		return this.request instanceof FullHttpRequest
				&& (this.request.method().equals(HttpMethod.GET) || this.request.method().equals(HttpMethod.HEAD));
	}

	private void fail(Throwable failure) {
		if (this.ended) {
			return;
		}
		abort();
		if (this.delivered) {
			this.body.fail(failure);
		}
		else {
			this.delivered = true;
			this.body.discard();
			this.sink.error(new RelayFailureException(failure));
		}
	}

	/** Give the call up because the client has left. */
	@Override
	public void cancel() {
		this.body.discard();
		if (!this.ended) {
			abort();
		}
	}

	/** Read from the service only what the client takes. */
	@Override
	public void onDemand() {
		if (!this.ended && this.connection != null) {
			this.connection.setReading(this.body.canTakeMore());
		}
	}

	private void end(boolean reusable) {
		this.ended = true;
		stopSending();
		if (this.connection != null) {
			this.connection.end(reusable, this.pool.idleDeadline());
		}
	}

	private void abort() {
		this.ended = true;
		stopSending();
		if (this.connection != null) {
			this.connection.abort();
		}
	}

	private void stopSending() {
		if (this.sender != null && !this.sender.hasSentAll()) {
			this.sender.dispose();
		}
	}

}
