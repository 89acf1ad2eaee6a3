package lectern.streaming.server;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames to a channel: as they are, or as the data of an HTTP/2 stream. While no
 * bytes are queued, a frame can be sent to the socket directly, without Netty's queue: no
 * queue entry, promise or buffer for each of ten thousand writes of the same bytes. That
 * is one {@code send(2)} per delivery. {@code write(2)} would read the kernel's file
 * structure first, which is not in the CPU cache when ten thousand connections take
 * turns. Used on the channel's event loop.
 */
final class ChannelWriter {

	/**
	 * How long an ended connection may stay open to be read. A client that reads 1 KB a
	 * second needs this long for what the kernel buffers.
	 */
	static final int CLOSE_TIMEOUT_SECONDS = 120;

	private final ChannelHandlerContext context;

	private final Channel channel;

	private final boolean http2;

	/** Null if only Netty can write: without epoll, or with encryption. */
	private final @Nullable Socket socket;

	/** The time of the last write, in milliseconds of the timer's clock. */
	private long lastWrite;

	private long bytesWritten;

	/**
	 * @param context the context of the connection's handler
	 */
	ChannelWriter(ChannelHandlerContext context, long now) {
		this.context = context;
		this.channel = context.channel();
		this.http2 = this.channel instanceof Http2StreamChannel;
		this.socket = (this.channel instanceof EpollSocketChannel direct && direct.fd() instanceof Socket tcp
				&& this.channel.pipeline().first() == context.handler()) ? tcp : null;
		this.lastWrite = now;
	}

	EventLoop eventLoop() {
		return this.channel.eventLoop();
	}

	long lastWrite() {
		return this.lastWrite;
	}

	/** How many bytes of frames were written. */
	long bytesWritten() {
		return this.bytesWritten;
	}

	boolean isWritable() {
		return this.channel.isWritable();
	}

	/** Write without flushing. The caller still has to release the frame. */
	void write(SseFrame frame, long now) {
		ByteBuf bytes = frame.retainedDuplicate();
		this.context.write(this.http2 ? new DefaultHttp2DataFrame(bytes) : bytes, this.context.voidPromise());
		this.bytesWritten += frame.size();
		this.lastWrite = now;
	}

	/** Write and flush, with a single system call where possible. */
	void writeAndFlush(SseFrame frame, long now) throws IOException {
		Socket direct = this.socket;
		if (direct == null) {
			write(frame, now);
			flush();
			return;
		}
		int sent = sendDirectly(direct, frame);
		if (sent < frame.size()) {
			this.context.writeAndFlush(frame.retainedDuplicate().skipBytes(sent), this.context.voidPromise());
		}
		this.bytesWritten += frame.size();
		this.lastWrite = now;
	}

	/** Send to the socket; the number of bytes sent, 0 if bytes are queued already. */
	private int sendDirectly(Socket direct, SseFrame frame) throws IOException {
		ChannelOutboundBuffer queue = this.channel.unsafe().outboundBuffer();
		long address = frame.memoryAddress();
		return (queue == null || queue.totalPendingWriteBytes() > 0 || address == 0) ? 0
				: direct.sendAddress(address, 0, frame.size());
	}

	void flush() {
		this.context.flush();
	}

	/**
	 * Bytes queued for the client. Of an HTTP/2 stream they are known only while it is
	 * not writable.
	 */
	long pendingBytes() {
		ChannelOutboundBuffer queue = this.channel.unsafe().outboundBuffer();
		if (queue != null) {
			return queue.totalPendingWriteBytes();
		}
		return this.channel.isWritable() ? 0 : this.channel.bytesBeforeWritable();
	}

	/**
	 * Milliseconds since the kernel last sent data to the client.
	 * @return {@link Long#MAX_VALUE} where the system does not provide it, and for
	 * HTTP/2, where the connection carries many streams
	 */
	long millisSinceLastSend() {
		ClientTcpInfo state = this.http2 ? null : ClientTcpInfo.of(this.channel);
		return (state != null) ? state.millisSinceLastSend() : Long.MAX_VALUE;
	}

	/** Whether the client has vanished without closing, as far as the kernel knows. */
	boolean isUnreachable() {
		ClientTcpInfo state = ClientTcpInfo.of(this.channel);
		return state != null && state.isUnreachable();
	}

	/**
	 * Close when everything has been sent, or forcibly after a timeout: the connection is
	 * no longer checked by the timer, and a client that reads nothing would keep it open.
	 */
	void closeAfterFlush() {
		Future<?> timeout = eventLoop().schedule(this::closeForcibly, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		this.channel.closeFuture().addListener((_) -> timeout.cancel(false));
		this.context.writeAndFlush(this.http2 ? new DefaultHttp2DataFrame(true) : Unpooled.EMPTY_BUFFER)
			.addListener(ChannelFutureListener.CLOSE);
	}

	void close() {
		this.context.close();
	}

	/** Close and discard what the client has not read, in the kernel too. */
	void closeForcibly() {
		this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		close();
	}

}
