package lectern.bench.crowd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * The receive buffer that all connections of an event loop share. Data is parsed before
 * the next read, so a connection needs no buffer of its own.
 */
final class SharedReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

	private static final int SIZE = 64 * 1024;

	private final ByteBuf buffer = Unpooled.directBuffer(SIZE, SIZE);

	private final byte[] copyBytes = new byte[SIZE];

	/** Return the received bytes in an array, which the next call overwrites. */
	byte[] copyBytes(ByteBuf buffer) {
		// Parsing an array is several times as fast as parsing the buffer, which checks
		// its bounds and reference count at every access.
		buffer.getBytes(buffer.readerIndex(), this.copyBytes, 0, buffer.readableBytes());
		return this.copyBytes;
	}

	void release() {
		this.buffer.release();
	}

	@Override
	@SuppressWarnings("deprecation")
	public RecvByteBufAllocator.Handle newHandle() {
		return new MaxMessageHandle() {
			@Override
			public ByteBuf allocate(ByteBufAllocator allocator) {
				return SharedReceiveBuffer.this.buffer.clear().retain();
			}

			@Override
			public int guess() {
				return SIZE;
			}
		};
	}

}
