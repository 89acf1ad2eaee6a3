package lectern.streaming.server;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import org.jspecify.annotations.Nullable;

/**
 * How a client receives, as only the kernel knows: it keeps what is not yet sent, so that
 * our own queue may stand still for minutes while a slow client reads on. Used on the
 * channel's event loop.
 *
 * <p>
 * The kernel's own user timeout is of no use here: it also ends who reads slowly, since
 * to it a window that is shut again and again is as good as one that stays shut.
 */
final class TcpReceiveState {

	/**
	 * Silence about what was sent after which nobody is there, in milliseconds. With a
	 * heartbeat every 15 s a client that vanished is noticed within 45 s.
	 */
	private static final long ACK_TIMEOUT_MILLIS = 35_000;

	private final EpollTcpInfo info;

	private TcpReceiveState(EpollTcpInfo info) {
		this.info = info;
	}

	/**
	 * What is known now of a channel or the one that carries it.
	 * @return null where the system does not tell
	 */
	static @Nullable TcpReceiveState of(Channel channel) {
		Channel carrier = (channel.parent() instanceof EpollSocketChannel parent) ? parent : channel;
		return (carrier instanceof EpollSocketChannel socket && socket.isOpen()) ? new TcpReceiveState(socket.tcpInfo())
				: null;
	}

	/** Whether something that was sent is waited for in vain. */
	boolean isUnreachable() {
		return this.info.unacked() > 0 && this.info.lastAckRecv() >= ACK_TIMEOUT_MILLIS;
	}

	/** Milliseconds since the client last made room for something. */
	long millisSinceLastSend() {
		return this.info.lastDataSent();
	}

}
