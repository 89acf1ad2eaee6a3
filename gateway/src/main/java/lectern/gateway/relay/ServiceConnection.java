package lectern.gateway.relay;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a service. It carries one call at a time and is confined to its event
 * loop.
 */
final class ServiceConnection extends ChannelInboundHandlerAdapter {

	private final ServiceConnectionPool pool;

	private final Channel channel;

	private @Nullable ServiceCall call;

	/** The end of the current call, or of the time in which the connection is unused. */
	private long deadline;

	private boolean keepAlive;

	private boolean informational;

	private boolean used;

	ServiceConnection(ServiceConnectionPool pool, Channel channel) {
		this.pool = pool;
		this.channel = channel;
	}

	ServiceConnectionPool pool() {
		return this.pool;
	}

	Channel channel() {
		return this.channel;
	}

	/** Return whether the service has answered a request on this connection before. */
	boolean hasBeenUsed() {
		return this.used;
	}

	boolean isIdle() {
		return this.call == null;
	}

	/** Begin a call whose response must have begun at the deadline. */
	void begin(ServiceCall next, long responseDeadline) {
		this.call = next;
		this.deadline = responseDeadline;
		this.keepAlive = true;
	}

	/** Allow any time for the rest of the response. */
	void clearDeadline() {
		this.deadline = Long.MAX_VALUE;
	}

	/** End what takes too long. */
	void checkDeadline(long now) {
		if (this.deadline == Long.MAX_VALUE || this.deadline - now > 0) {
			return;
		}
		if (this.call != null) {
			this.call.onTimeout();
		}
		else {
			this.channel.close();
		}
	}

	/** Make the connection available to other calls, or close it. */
	void end(boolean reusable, long idleDeadline) {
		this.call = null;
		this.used = true;
		this.deadline = idleDeadline;
		setReading(true);
		if (reusable && this.keepAlive && this.channel.isActive()) {
			this.pool.release(this);
		}
		else {
			this.channel.close();
		}
	}

	/** Give the call up; the rest of its response is not read. */
	void abort() {
		this.call = null;
		this.channel.close();
	}

	void setReading(boolean reading) {
		if (this.channel.config().isAutoRead() != reading) {
			this.channel.config().setAutoRead(reading);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.call == null) {
			// A service that sends something unasked cannot be trusted with a request.
			ReferenceCountUtil.release(message);
			context.close();
			return;
		}
		if (message instanceof HttpResponse response) {
			onResponse(this.call, response);
		}
		if (message instanceof HttpContent content) {
			onContent(content);
		}
	}

	private void onResponse(ServiceCall current, HttpResponse response) {
		if (response.decoderResult().isFailure()) {
			current.onFailure(response.decoderResult().cause());
			return;
		}
		this.informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (!this.informational) {
			this.keepAlive = HttpUtil.isKeepAlive(response);
			current.onResponse(response);
		}
	}

	private void onContent(HttpContent content) {
		ServiceCall current = this.call;
		boolean last = content instanceof LastHttpContent;
		if (current == null || this.informational) {
			content.release();
			this.informational = this.informational && !last;
		}
		else if (content.decoderResult().isFailure()) {
			content.release();
			current.onFailure(content.decoderResult().cause());
		}
		else {
			ByteBuf bytes = content.content();
			current.onContent(bytes, last);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.call != null) {
			this.call.onReadComplete();
		}
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		if (this.call != null && this.channel.isWritable()) {
			this.call.onWritable();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.pool.remove(this);
		if (this.call != null) {
			this.call.onFailure(new IOException("The service closed the connection before the end of its response"));
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
		if (this.call != null) {
			this.call.onFailure(failure);
		}
		context.close();
	}

}
