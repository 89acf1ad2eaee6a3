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
 * @param handlers makes what an event loop waits with
 * @param channel the channel that goes with it
 */
record Transport(IoHandlerFactory handlers, Class<? extends SocketChannel> channel) {

	static Transport best() {
		return Epoll.isAvailable() ? new Transport(EpollIoHandler.newFactory(), EpollSocketChannel.class)
				: new Transport(NioIoHandler.newFactory(), NioSocketChannel.class);
	}

}
