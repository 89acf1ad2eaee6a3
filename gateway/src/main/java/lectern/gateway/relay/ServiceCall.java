package lectern.gateway.relay;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import lectern.gateway.upstream.RepeatableContent;
import lectern.gateway.upstream.ServiceAddress;
import lectern.gateway.upstream.UpstreamCall;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** A request to a service and its response, confined to the event loop of its client. */
final class ServiceCall implements RelayedBody.Source {

	/** What the circuit breaker is told. */
	private static final Throwable TIMEOUT = new ResponseTimeoutException();

	private final RelayedRequest request;

	private final UpstreamCall upstream;

	private final ServiceEndpoints endpoints;

	private final Channel client;

	private final MonoSink<ServiceCall> sink;

	private final long responseDeadline;

	private final RelayedBody body = new RelayedBody(this);

	/** The connections to the address of the present attempt. */
	private @Nullable ServiceConnectionPool pool;

	private @Nullable ServiceConnection connection;

	private @Nullable ContentSender sender;

	private @Nullable HttpResponse response;

	private boolean sent;

	private boolean reconnected;

	private boolean delivered;

	private boolean ended;

	private ServiceCall(RelayedRequest request, UpstreamCall upstream, ServiceEndpoints endpoints, Channel client,
			MonoSink<ServiceCall> sink) {
		this.request = request;
		this.upstream = upstream;
		this.endpoints = endpoints;
		this.client = client;
		this.sink = sink;
		this.responseDeadline = System.nanoTime() + request.timeoutNanos();
	}

	/**
	 * Send a request.
	 * @param client the connection of the client
	 * @return cold; emits the call when its response has begun, or fails; must be
	 * subscribed to on the event loop of the client
	 */
	static Mono<ServiceCall> send(RelayedRequest request, UpstreamCall upstream, ServiceEndpoints endpoints,
			Channel client) {
		return Mono.create((sink) -> {
			ServiceCall call = new ServiceCall(request, upstream, endpoints, client, sink);
			sink.onCancel(call::cancel);
			call.start();
		});
	}

	private void start() {
		if (this.ended) {
			return;
		}
		ServiceAddress address = this.upstream.next();
		if (address == null) {
			this.ended = true;
			this.body.discard();
			this.sink.error(this.upstream.rejection());
			return;
		}
		ServiceEndpoint endpoint = this.endpoints.of(address);
		this.request.head().headers().set(HttpHeaderNames.HOST, endpoint.host());
		ServiceConnectionPool connections = endpoint.pool(this.client);
		this.pool = connections;
		ServiceConnection idle = connections.takeIdle();
		if (idle != null) {
			send(idle);
		}
		else {
			connect(connections);
		}
	}

	private void connect(ServiceConnectionPool connections) {
		connections.connect((opened, failure) -> {
			if (opened != null && !this.ended) {
				send(opened);
			}
			else if (opened != null) {
				connections.release(opened);
			}
			else if (failure != null) {
				onFailure(failure);
			}
		});
	}

	private void send(ServiceConnection target) {
		this.connection = target;
		this.sent = true;
		target.begin(this, attemptDeadline());
		RepeatableContent<ByteBuf> content = this.request.content();
		if (content == null) {
			target.channel().writeAndFlush(this.request.head(), target.channel().voidPromise());
			return;
		}
		target.channel().write(this.request.head(), target.channel().voidPromise());
		this.sender = new ContentSender(target.channel(), this);
		content.forAttempt().subscribe(this.sender);
	}

	/** If there is another address, a service that is frozen must leave time for it. */
	private long attemptDeadline() {
		long now = System.nanoTime();
		boolean repeatable = this.request.safe() && this.request.content() == null;
		return now + this.upstream.attemptTimeoutNanos(this.responseDeadline - now, repeatable);
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
		this.upstream.onResponse();
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
		if (this.sender != null && this.sender.isWaitingForClient()) {
			onClientFailure(StalledRequestFilter.stalled());
		}
		else {
			this.upstream.onFailure(TIMEOUT);
			repeatOrFail(new ResponseTimeoutException());
		}
	}

	/** The client has stalled or left, for which the service is not to blame. */
	void onClientFailure(Throwable failure) {
		this.upstream.abandon();
		fail(failure);
	}

	/**
	 * Fail, or try once more if the service closed a connection that had been unused: it
	 * has not seen the request then.
	 */
	void onFailure(Throwable failure) {
		ServiceConnection failed = this.connection;
		ServiceConnectionPool connections = this.pool;
		if (failed != null && connections != null && failed.hasBeenUsed() && this.response == null && !this.reconnected
				&& !this.ended && this.request.isRepeatable(true)) {
			this.reconnected = true;
			abandonAttempt();
			connect(connections);
		}
		else {
			this.upstream.onFailure(failure);
			repeatOrFail(failure);
		}
	}

	/** Nothing of a response may have been passed on when a request is repeated. */
	private void repeatOrFail(Throwable failure) {
		boolean possible = this.response == null && !this.ended && this.request.isRepeatable(this.sent)
				&& this.responseDeadline - System.nanoTime() > 0;
		long delay = possible ? this.upstream.retryDelayMillis() : -1;
		if (delay < 0) {
			fail(failure);
			return;
		}
		abandonAttempt();
		this.client.eventLoop().schedule(this::start, delay, TimeUnit.MILLISECONDS);
	}

	private void abandonAttempt() {
		ServiceConnection failed = this.connection;
		this.connection = null;
		stopSending();
		this.sender = null;
		if (failed != null) {
			failed.abort();
		}
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
		if (this.sender != null && !this.sender.hasSentAll()) {
			this.upstream.abandon();
		}
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
			this.connection.end(reusable, this.connection.pool().idleDeadline());
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
