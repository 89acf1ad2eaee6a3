package lectern.streaming;

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
final class Client {

	private static final Pattern EVENT = Pattern.compile("id:\\S+-\\S+\ndata:(.*)\n\n");

	private final StringBuilder received = new StringBuilder();

	private final Gate gate = new Gate();

	final EmbeddedChannel channel = new EmbeddedChannel();

	final Connection connection;

	private final Pulse pulse;

	/** How often the place was given back. */
	int placeGiven;

	Client(Connection connection, Pulse pulse) {
		this.connection = connection;
		this.pulse = pulse;
		connection.attach(this.channel, pulse, null, new Place(() -> this.placeGiven++));
		this.channel.pipeline().addFirst(this.gate);
	}

	/** Whatever has come so far. */
	String text() {
		this.channel.runPendingTasks();
		for (ByteBuf bytes = this.channel.readOutbound(); bytes != null; bytes = this.channel.readOutbound()) {
			this.received.append(bytes.toString(StandardCharsets.UTF_8));
			bytes.release();
		}
		return this.received.toString();
	}

	/** The data of the events so far. */
	List<String> events() {
		List<String> events = new ArrayList<>();
		Matcher matcher = EVENT.matcher(text());
		while (matcher.find()) {
			events.add(matcher.group(1));
		}
		return events;
	}

	void awaitEvents(int count) {
		Awaitility.await().atMost(HANG_LIMIT).until(() -> events().size() >= count);
	}

	/** Let time pass, in milliseconds since the beginning. */
	void at(long time) {
		this.pulse.on(this.channel.eventLoop()).tick(time);
		this.channel.runPendingTasks();
	}

	void stopReading() {
		this.gate.closed = true;
	}

	void readOn() {
		this.gate.closed = false;
		this.channel.flush();
		this.channel.runPendingTasks();
	}

	/**
	 * Lets no flush pass while it is closed: then bytes wait as before a slow network.
	 */
	private static final class Gate extends ChannelOutboundHandlerAdapter {

		private boolean closed;

		@Override
		public void flush(ChannelHandlerContext context) {
			if (!this.closed) {
				context.flush();
			}
		}

	}

}
