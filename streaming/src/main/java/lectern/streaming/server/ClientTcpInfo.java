package lectern.streaming.server;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import org.jspecify.annotations.Nullable;

/**
 * How a client receives, as the kernel's {@code TCP_INFO} shows it. Only the kernel knows
 * that a slow client still reads: it buffers unsent bytes, so that our own queue may not
 * move for minutes. Used on the channel's event loop.
 *
 * <p>
 * {@code TCP_USER_TIMEOUT} is not used: it also ends connections of slow clients, because
 * it does not distinguish a window that closes again and again from one that stays
 * closed.
 */
final class ClientTcpInfo {

	/**
	 * The time without an acknowledgement of sent bytes after which the client counts as
	 * unreachable. With a heartbeat every 15 s a vanished client is noticed within 45 s.
	 */
	private static final long ACK_TIMEOUT_MILLIS = 35_000;

	private final EpollTcpInfo info;

	private ClientTcpInfo(EpollTcpInfo info) {
		this.info = info;
	}

	/**
	 * The present state of a channel, or of the connection that carries it.
	 * @return null where the system does not provide it
	 */
	static @Nullable ClientTcpInfo of(Channel channel) {
		Channel carrier = (channel.parent() instanceof EpollSocketChannel parent) ? parent : channel;
		return (carrier instanceof EpollSocketChannel socket && socket.isOpen()) ? new ClientTcpInfo(socket.tcpInfo())
				: null;
	}

	/** Whether sent bytes have not been acknowledged for too long. */
	boolean isUnreachable() {
		return this.info.unacked() > 0 && this.info.lastAckRecv() >= ACK_TIMEOUT_MILLIS;
	}

	/** Milliseconds since the kernel last sent data, for which the client had room. */
	long millisSinceLastSend() {
		return this.info.lastDataSent();
	}

}
