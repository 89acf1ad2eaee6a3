package lectern.bench.crowd;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The counters of a crowd, updated by its event loops. */
final class CrowdCounters {

	private static final Pattern REASON = Pattern.compile("\"reason\"\\s*:\\s*\"([^\"]*)\"");

	final LongAdder open = new LongAdder();

	final LongAdder connects = new LongAdder();

	final LongAdder reconnects = new LongAdder();

	final LongAdder connectFailures = new LongAdder();

	final LongAdder protocolErrors = new LongAdder();

	final LongAdder events = new LongAdder();

	final LongAdder bytes = new LongAdder();

	private final LongAdder resets = new LongAdder();

	private final Map<Integer, Long> statuses = new ConcurrentHashMap<>();

	private final Map<String, Long> endReasons = new ConcurrentHashMap<>();

	void recordStatus(int status) {
		this.statuses.merge(status, 1L, Long::sum);
	}

	void recordNamedEvent(String name, String data) {
		if (name.equals("reset")) {
			this.resets.increment();
		}
		else if (name.equals("end")) {
			Matcher reason = REASON.matcher(data);
			this.endReasons.merge(reason.find() ? reason.group(1) : "", 1L, Long::sum);
		}
	}

	CrowdCounts snapshot() {
		return new CrowdCounts(this.open.intValue(), this.connects.sum(), this.reconnects.sum(),
				this.connectFailures.sum(), this.protocolErrors.sum(), this.events.sum(), this.bytes.sum(),
				this.resets.sum(), Map.copyOf(this.statuses), Map.copyOf(this.endReasons));
	}

}
