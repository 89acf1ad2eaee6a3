package lectern.streaming;

import java.io.IOException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The way to the kernel past Netty's queue, open while that is empty: no entry, no
 * promise and no buffer of its own for each of ten thousand writes of the same bytes. A
 * delivery is one {@code write(2)} then. Used on the channel's event loop.
 */
final class Descriptor {

	private final FileDescriptor file;

	private final Channel channel;

	private Descriptor(FileDescriptor file, Channel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * The way of a channel.
	 * @return null where there is none: not on this system, or not past encryption
	 */
	static @Nullable Descriptor of(Channel channel, ChannelHandler only) {
		return (channel instanceof EpollSocketChannel socket && channel.pipeline().first() == only)
				? new Descriptor(socket.fd(), channel) : null;
	}

	/**
	 * Write as much as the kernel takes now.
	 * @return how many bytes it took; 0 also when something waits already
	 */
	int write(Frame frame) throws IOException {
		ChannelOutboundBuffer queue = this.channel.unsafe().outboundBuffer();
		long address = frame.address();
		return (queue == null || queue.totalPendingWriteBytes() > 0 || address == 0) ? 0
				: this.file.writeAddress(address, 0, frame.size());
	}

}
