package lectern.bench.crowd;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * How sockets are waited for: by epoll itself where there is one, which costs less.
 *
 * @param ioHandlerFactory makes what an event loop waits with
 * @param channelType the channel that goes with it
 */
record SocketTransport(IoHandlerFactory ioHandlerFactory, Class<? extends SocketChannel> channelType) {

	static SocketTransport preferred() {
		return Epoll.isAvailable() ? new SocketTransport(EpollIoHandler.newFactory(), EpollSocketChannel.class)
				: new SocketTransport(NioIoHandler.newFactory(), NioSocketChannel.class);
	}

}
