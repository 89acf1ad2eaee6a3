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
final class Receiver extends DefaultMaxMessagesRecvByteBufAllocator {

	private static final int SIZE = 64 * 1024;

	private final ByteBuf received = Unpooled.directBuffer(SIZE, SIZE);

	private final byte[] bytes = new byte[SIZE];

	/** Return the bytes of what was received, which the next read overwrites. */
	byte[] bytes(ByteBuf buffer) {
		// In an array they are parsed several times as fast as behind the buffer's
		// checks.
		buffer.getBytes(buffer.readerIndex(), this.bytes, 0, buffer.readableBytes());
		return this.bytes;
	}

	void release() {
		this.received.release();
	}

	@Override
	@SuppressWarnings("deprecation")
	public RecvByteBufAllocator.Handle newHandle() {
		return new MaxMessageHandle() {
			@Override
			public ByteBuf allocate(ByteBufAllocator allocator) {
				return Receiver.this.received.clear().retain();
			}

			@Override
			public int guess() {
				return SIZE;
			}
		};
	}

}
