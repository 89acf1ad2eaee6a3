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
 * The way of a connection's bytes: as they are, or as the data of an HTTP/2 stream. While
 * nothing waits there may be one to the kernel past Netty's queue: no entry, no promise
 * and no buffer of its own for each of ten thousand writes of the same bytes. A delivery
 * is one {@code send(2)} then: {@code write(2)} would look at the file first, which is in
 * no cache when ten thousand take turns. Used on the channel's event loop.
 */
public final class ChannelWriter {

	/** In seconds; what the kernel keeps of it takes who reads 1 KB a second so long. */
	public static final int CLOSE_TIMEOUT_SECONDS = 120;

	private final ChannelHandlerContext context;

	private final Channel channel;

	private final boolean http2;

	/** Null where only Netty writes: not on this system, or not past encryption. */
	private final @Nullable Socket socket;

	/** When something was written last, in milliseconds by the pulse. */
	private long lastWrite;

	/**
	 * @param context of the handler whose connection it is
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

	boolean isWritable() {
		return this.channel.isWritable();
	}

	/** Write without flushing. */
	void write(SseFrame frame, long now) {
		ByteBuf bytes = frame.retainedDuplicate();
		this.context.write(this.http2 ? new DefaultHttp2DataFrame(bytes) : bytes, this.context.voidPromise());
		this.lastWrite = now;
	}

	/** Write and have it sent, in as little as one call of the system. */
	void writeAndFlush(SseFrame frame, long now) throws IOException {
		Socket direct = this.socket;
		if (direct == null) {
			write(frame, now);
			flush();
			return;
		}
		int taken = sendDirectly(direct, frame);
		if (taken < frame.size()) {
			this.context.writeAndFlush(frame.retainedDuplicate().skipBytes(taken), this.context.voidPromise());
		}
		this.lastWrite = now;
	}

	/** How many bytes the kernel takes now; none when something waits already. */
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
	 * Bytes that the client has not taken; HTTP/2 tells of them only when they are many.
	 */
	long pendingBytes() {
		ChannelOutboundBuffer queue = this.channel.unsafe().outboundBuffer();
		if (queue != null) {
			return queue.totalPendingWriteBytes();
		}
		return this.channel.isWritable() ? 0 : this.channel.bytesBeforeWritable();
	}

	/**
	 * Milliseconds since the client last made room in the kernel for something.
	 * @return as long as can be where nobody tells, or only of many streams together
	 */
	long millisSinceLastSend() {
		TcpReceiveState reception = this.http2 ? null : TcpReceiveState.of(this.channel);
		return (reception != null) ? reception.millisSinceLastSend() : Long.MAX_VALUE;
	}

	/** Whether the client is gone without a word, as far as the kernel tells. */
	boolean isUnreachable() {
		TcpReceiveState reception = TcpReceiveState.of(this.channel);
		return reception != null && reception.isUnreachable();
	}

	/**
	 * Close when everything has been sent; before long in any case, since nobody looks at
	 * it any more and who takes nothing would stay for ever.
	 */
	void closeAfterFlush() {
		Future<?> cut = eventLoop().schedule(this::closeForcibly, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
		this.channel.closeFuture().addListener((_) -> cut.cancel(false));
		this.context.writeAndFlush(this.http2 ? new DefaultHttp2DataFrame(true) : Unpooled.EMPTY_BUFFER)
			.addListener(ChannelFutureListener.CLOSE);
	}

	void close() {
		this.context.close();
	}

	/** Close and keep nothing: what a client does not read the kernel need not either. */
	void closeForcibly() {
		this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
		close();
	}

}
