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

/** The far end of a connection: what has come, and whether more is taken. */
public final class EmbeddedStreamClient {

	private static final Pattern EVENT = Pattern.compile("id:\\S+-\\S+\ndata:(.*)\n\n");

	private final StringBuilder received = new StringBuilder();

	private final FlushBlocker flushBlocker = new FlushBlocker();

	public final EmbeddedChannel channel = new EmbeddedChannel();

	public final SseConnection connection;

	private final HeartbeatScheduler heartbeatScheduler;

	/** How often the place was given back. */
	public int permitReleases;

	public EmbeddedStreamClient(SseConnection connection, HeartbeatScheduler pulse) {
		this.connection = connection;
		this.heartbeatScheduler = pulse;
		connection.open(this.channel, pulse, null, new StreamPermit(() -> this.permitReleases++));
		this.channel.pipeline().addFirst(this.flushBlocker);
	}

	/** Whatever has come so far. */
	public String text() {
		this.channel.runPendingTasks();
		for (ByteBuf bytes = this.channel.readOutbound(); bytes != null; bytes = this.channel.readOutbound()) {
			this.received.append(bytes.toString(StandardCharsets.UTF_8));
			bytes.release();
		}
		return this.received.toString();
	}

	/** The data of the events so far. */
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

	/** Let time pass, in milliseconds since the beginning. */
	public void advanceTo(long time) {
		this.heartbeatScheduler.connectionsOf(this.channel.eventLoop()).tick(time);
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

	/**
	 * Lets no flush pass while it is closed: then bytes wait as before a slow network.
	 */
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
