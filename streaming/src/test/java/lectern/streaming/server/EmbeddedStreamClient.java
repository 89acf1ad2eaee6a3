package lectern.streaming.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * The client of a connection on a channel in memory: records what it receives, and can
 * stop reading.
 */
public final class EmbeddedStreamClient {

	/** How long an ended connection may stay open to be read. */
	public static final int CLOSE_TIMEOUT_SECONDS = ChannelWriter.CLOSE_TIMEOUT_SECONDS;

	private static final Pattern EVENT = Pattern.compile("(?<=\n\n)id:\\S+-\\S+\ndata:(.*)\n\n");

	private final StringBuilder received = new StringBuilder();

	private final FlushBlocker flushBlocker = new FlushBlocker();

	public final EmbeddedChannel channel = new EmbeddedChannel();

	private final SseConnection connection;

	private final ConnectionTicker connectionTicker;

	/** How often the permit was released. */
	public int permitReleases;

	EmbeddedStreamClient(SseConnection connection, ConnectionTicker connectionTicker) {
		this.connection = connection;
		this.connectionTicker = connectionTicker;
		connection.open(this.channel, connectionTicker, null, new StreamPermit(() -> this.permitReleases++));
		this.channel.pipeline().addFirst(this.flushBlocker);
	}

	/** Subscribe to the connection's feed, as the server does. */
	public void startFeed() {
		SseServer.startFeed(this.connection, "embedded");
	}

	/** Everything received so far. */
	public String text() {
		this.channel.runPendingTasks();
		for (ByteBuf bytes = this.channel.readOutbound(); bytes != null; bytes = this.channel.readOutbound()) {
			this.received.append(bytes.toString(StandardCharsets.UTF_8));
			bytes.release();
		}
		return this.received.toString();
	}

	/** The data of the events received so far. */
	public List<String> events() {
		List<String> events = new ArrayList<>();
		Matcher matcher = EVENT.matcher(text());
		while (matcher.find()) {
			events.add(matcher.group(1));
		}
		return events;
	}

	public void awaitEvents(int count) {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> events().size() >= count);
	}

	/** Wait until the connection has ended. */
	public void awaitEnd() {
		this.connection.ended().block(HANG_LIMIT);
	}

	/**
	 * Advance the time.
	 * @param time in milliseconds since the start
	 */
	public void advanceTo(long time) {
		this.connectionTicker.connectionsOf(this.channel.eventLoop()).tick(time);
		this.channel.runPendingTasks();
	}

	public void stopReading() {
		this.flushBlocker.blocked = true;
	}

	public void resumeReading() {
		this.flushBlocker.blocked = false;
		this.channel.flush();
		this.channel.runPendingTasks();
	}

	/** Blocks flushes on demand, so that bytes are queued as for a slow network. */
	private static final class FlushBlocker extends ChannelOutboundHandlerAdapter {

		private boolean blocked;

		@Override
		public void flush(ChannelHandlerContext context) {
			if (!this.blocked) {
				context.flush();
			}
		}

	}

}
