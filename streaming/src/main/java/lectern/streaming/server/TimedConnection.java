package lectern.streaming.server;

import lectern.streaming.sse.CloseReason;

/**
 * A connection as the timer of its event loop sees it. It depends on nothing that depends
 * on the timer.
 */
abstract class TimedConnection extends ExclusiveChannelHandler {

	/** The index in {@link EventLoopConnections}, which maintains it. */
	int eventLoopIndex;

	/**
	 * Called about every second.
	 * @param now the time in milliseconds
	 */
	abstract void tick(long now);

	/** Send the reason to the client and close the connection. */
	abstract void end(CloseReason reason);

}
