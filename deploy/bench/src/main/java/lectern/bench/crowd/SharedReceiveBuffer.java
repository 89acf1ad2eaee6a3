package lectern.bench.crowd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * The one buffer that all connections of an event loop receive into: what is read is
 * parsed before the next read, so no connection needs one of its own.
 */
final class SharedReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

	private static final int SIZE = 64 * 1024;

	private final ByteBuf buffer = Unpooled.directBuffer(SIZE, SIZE);

	private final byte[] copyBytes = new byte[SIZE];

	/** Return the bytes of what was received, which the next read overwrites. */
	byte[] copyBytes(ByteBuf buffer) {
		// In an array they are parsed several times as fast as behind the buffer's
		// checks.
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
