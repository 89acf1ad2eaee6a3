package lectern.gateway.accesslog;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Sees the requests and responses of a connection behind its codec, also what the HTTP
 * server answers itself. A stream removes it from the connection; its line is written at
 * its end by {@link AccessLogWriter#onEnd}.
 */
final class AccessLogHandler extends ChannelDuplexHandler {

	static final String NAME = "lectern.access-log";

	private final AccessLogWriter log;

	/** The one that is being answered, and those that the client has sent after it. */
	private final Deque<AnsweredRequest> requests = new ArrayDeque<>(2);

	private boolean responding;

	AccessLogHandler(AccessLogWriter log) {
		this.log = log;
	}

	/** A request was received before this handler was there. */
	void expect(AnsweredRequest received) {
		this.requests.addLast(received);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.requests.addLast(AnsweredRequest.of(request));
		}
		context.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		boolean last = isFinal(message) && record(context, message);
		context.write(message, promise);
		if (last) {
			end(true);
		}
	}

	/** An informational response is followed by another one. */
	private static boolean isFinal(Object message) {
		return !(message instanceof HttpResponse response)
				|| response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
	}

	/**
	 * Return whether this is the end of a response. One to HEAD is its head alone, behind
	 * which the server need not write an end.
	 */
	private boolean record(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpResponse response) {
			if (this.responding) {
				end(true);
			}
			if (this.requests.isEmpty()) {
				this.requests.addLast(AnsweredRequest.unknown());
			}
			this.responding = true;
			this.requests.getFirst().begin(response, LoggedRoute.take(context.channel()));
		}
		if (this.responding) {
			this.requests.getFirst().add(sizeOf(message));
		}
		return this.responding && (message instanceof LastHttpContent || this.requests.getFirst().isHeadAlone());
	}

	private static long sizeOf(Object message) {
		return switch (message) {
			case ByteBufHolder holder -> holder.content().readableBytes();
			case ByteBuf bytes -> bytes.readableBytes();
			case FileRegion file -> file.count();
			default -> 0;
		};
	}

	private void end(boolean complete) {
		this.responding = false;
		this.log.write(this.requests.removeFirst(), complete);
	}

	/** The client has left, or the connection was closed within a response. */
	@Override
	public void channelInactive(ChannelHandlerContext context) {
		if (this.responding && this.requests.getFirst().isStream()) {
			this.requests.removeFirst();
		}
		while (!this.requests.isEmpty()) {
			end(false);
		}
		context.fireChannelInactive();
	}

}
