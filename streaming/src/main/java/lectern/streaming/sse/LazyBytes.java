package lectern.streaming.sse;

import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/** Bytes that are created at their first use, by whoever holds a reference. */
final class LazyBytes extends AbstractReferenceCounted implements Supplier<ByteBuf> {

	private final Supplier<ByteBuf> encoder;

	private @Nullable ByteBuf encoded;

	LazyBytes(Supplier<ByteBuf> encoder) {
		this.encoder = encoder;
	}

	@Override
	public synchronized ByteBuf get() {
		ByteBuf bytes = this.encoded;
		if (bytes == null) {
			bytes = this.encoder.get();
			this.encoded = bytes;
		}
		return bytes;
	}

	synchronized boolean isEncoded() {
		return this.encoded != null;
	}

	@Override
	protected synchronized void deallocate() {
		if (this.encoded != null) {
			this.encoded.release();
		}
	}

	@Override
	public ReferenceCounted touch(Object hint) {
		return this;
	}

}
