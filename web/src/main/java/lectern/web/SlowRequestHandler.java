package lectern.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connection of a client that sends the head of a request too slowly, or that
 * goes on to send content after the response. While content is read, whoever reads it has
 * a timeout. Each byte that arrives restarts the timeouts of the HTTP server, but not
 * this one. It also sees first that a client has left.
 */
final class SlowRequestHandler extends ChannelDuplexHandler {

	static final String NAME = "lectern.slow-requests";

	private final long timeoutMillis;

	private final ByteDetector bytes = new ByteDetector();

	/** Runs while a head, or content that nobody waits for, is arriving. */
	private @Nullable Future<?> timeout;

	/** Whether a request has begun and its content has not ended. */
	private boolean receiving;

	/** How many requests have begun and have no complete response. */
	private int unanswered;

	/** Whether the connection is closed behind the response that is being written. */
	private boolean closing;

	SlowRequestHandler(Duration timeout) {
		this.timeoutMillis = timeout.toMillis();
	}

	/** Return the handler that belongs before the codec. */
	ByteDetector byteDetector() {
		return this.bytes;
	}

	/** A stream that takes over the channel removes this handler. */
	@Override
	public void handlerRemoved(ChannelHandlerContext context) {
		stopTimeout();
		if (context.pipeline().context(this.bytes) != null) {
			context.pipeline().remove(this.bytes);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest) {
			stopTimeout();
			this.receiving = true;
			this.unanswered++;
		}
		if (message instanceof LastHttpContent) {
			stopTimeout();
			this.receiving = false;
		}
		this.bytes.arrived = false;
		context.fireChannelRead(message);
	}

	/** It is reported before the channel is closed. */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (cause instanceof IOException) {
			ClientConnection.markOver(context.channel());
		}
		context.fireExceptionCaught(cause);
	}

	/** Bytes that are no request yet are the begin of one. */
	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		if (this.bytes.arrived && !this.receiving && this.timeout == null) {
			onPartOfHead(context);
		}
		this.bytes.arrived = false;
		context.fireChannelReadComplete();
	}

	/** Of HTTP/2, to which a connection may change, every byte is such a part. */
	private void onPartOfHead(ChannelHandlerContext context) {
		if (context.pipeline().context(HttpServerCodec.class) != null) {
			startTimeout(context);
		}
		else {
			context.pipeline().remove(this);
		}
	}

	/**
	 * A client that is told that it was too slow has no time left.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9">RFC 9110, 408
	 * Request Timeout</a>
	 */
	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response) {
			this.closing = response.status().equals(HttpResponseStatus.REQUEST_TIMEOUT);
			if (this.closing) {
				response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			}
		}
		boolean last = message instanceof LastHttpContent && !isInformational(message);
		if (last && this.closing) {
			context.write(message, promise.unvoid().addListener(ChannelFutureListener.CLOSE));
			return;
		}
		context.write(message, promise);
		if (last && this.unanswered > 0) {
			this.unanswered--;
			if (this.receiving && this.unanswered == 0 && this.timeout == null) {
				startTimeout(context);
			}
		}
	}

	/** The client is told to go on, and its content is read. */
	private static boolean isInformational(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	private void startTimeout(ChannelHandlerContext context) {
		this.timeout = context.executor().schedule(() -> onTimeout(context), this.timeoutMillis, TimeUnit.MILLISECONDS);
	}

	private void stopTimeout() {
		if (this.timeout != null) {
			this.timeout.cancel(false);
			this.timeout = null;
		}
	}

	/** A client that has its response needs no other. */
	private void onTimeout(ChannelHandlerContext context) {
		if (this.receiving || this.unanswered > 0) {
			context.close();
		}
		else {
			context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT))
				.addListener(ChannelFutureListener.CLOSE);
		}
	}

	/** Tells whether bytes have arrived that the codec has not made a message of. */
	static final class ByteDetector extends ChannelInboundHandlerAdapter {

		private boolean arrived;

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			this.arrived |= message instanceof ByteBuf buffer && buffer.isReadable();
			context.fireChannelRead(message);
		}

	}

}
