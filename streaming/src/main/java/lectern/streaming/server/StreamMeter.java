package lectern.streaming.server;

import io.micrometer.core.instrument.Meter.Type;
import lectern.streaming.meter.DocumentedMeter;
import lectern.streaming.meter.MeterDefinition;
import lectern.streaming.meter.MeterTag;

/** The meters of a stream. */
public enum StreamMeter implements DocumentedMeter {

	SUBSCRIBERS("lectern.stream.subscribers", Type.GAUGE, "open connections", MeterTag.STREAM),

	SUBSCRIBERS_LIMIT("lectern.stream.subscribers.limit", Type.GAUGE,
			"how many connections of all streams together may be open"),

	FRAMES("lectern.stream.frames", Type.COUNTER, "frames written to connections, including control frames",
			MeterTag.STREAM),

	DELIVERY_LAG("lectern.stream.delivery.lag", Type.TIMER,
			"time from an event's commit until it was written to all up-to-date subscribers of an event loop",
			MeterTag.STREAM),

	CLOSED("lectern.stream.closed", Type.COUNTER, """
			closed connections: `age`, `drain`, `signed-out`, `finished` (a replay was sent completely), `error` \
			(what feeds the connection failed; the log has the cause), `gone` (the client disconnected), `slow` \
			(the client took nothing for 30 s), `protocol-violation` (the client sent more than a request)""",
			MeterTag.STREAM, MeterTag.REASON),

	REFUSED("lectern.stream.refused", Type.COUNTER,
			"connections refused by a limit: `all`, `stream`, `address`, `reader`", MeterTag.STREAM, MeterTag.REASON),

	RESETS("lectern.stream.resets", Type.COUNTER,
			"cursors that could not be used: `unreadable-cursor`, `foreign-epoch`, `future-cursor`", MeterTag.STREAM,
			MeterTag.REASON),

	REPLAY_PAGES("lectern.stream.replay.pages", Type.COUNTER,
			"pages read from the log for replays and for connections that are behind the ring", MeterTag.STREAM),

	REPLAYS("lectern.stream.replays", Type.GAUGE,
			"reads of pages for replays, and for connections that are behind the ring, that run or wait",
			MeterTag.STREAM),

	REPLAYS_LIMIT("lectern.stream.replays.limit", Type.GAUGE, "how many of these reads run at once; further ones wait",
			MeterTag.STREAM),

	FEED_LAG("lectern.feed.lag", Type.TIMER,
			"time from an event's commit until its frame is in the ring, without those that fill the ring at a start",
			MeterTag.STREAM),

	FEED_AGE("lectern.feed.age", Type.GAUGE, """
			seconds since the ring's log was last read, or its service last heard of: 1 at most in a service, \
			15 in the gateway, more only while the feed stalls""", MeterTag.STREAM);

	private final MeterDefinition definition;

	StreamMeter(String name, Type type, String description, MeterTag... tags) {
		this.definition = new MeterDefinition(name, type, description, "all", tags);
	}

	@Override
	public MeterDefinition definition() {
		return this.definition;
	}

}
