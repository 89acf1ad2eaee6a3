package lectern.gateway.operations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A meter that the operators' stream shows. Values are summed over the tags that are not
 * shown, so that there are few series, and none that a caller can create.
 *
 * @param name Micrometer's dotted name, without unit; part of the stream's contract
 * @param tags the tags shown; null for all
 * @param scale the factor from the exported unit to the one shown: seconds, bytes or
 * plain numbers
 */
record ExposedMeter(String name, @Nullable List<String> tags, double scale) {

	/** The prefix of all meters of Lectern. */
	private static final String OWN_PREFIX = "lectern_";

	private static final String NETTY_PREFIX = "reactor_netty_connection_provider_";

	/** By exported name. */
	private static final Map<String, ExposedMeter> STANDARD = Stream
		.of(standard("process_cpu_time_ns_total", "process.cpu.time", 1e-9),
				standard("process_uptime_seconds", "process.uptime", 1),
				standard("process_files_open_files", "process.files.open", 1),
				standard("jvm_memory_used_bytes", "jvm.memory.used", 1, "area"),
				standard("jvm_threads_live_threads", "jvm.threads.live", 1),
				standard("jvm_gc_pause_seconds", "jvm.gc.pause", 1),
				standard("http_server_requests_seconds", "http.server.requests", 1, "outcome"),
				standard("r2dbc_pool_acquired_connections", "r2dbc.pool.acquired", 1),
				standard("r2dbc_pool_pending_connections", "r2dbc.pool.pending", 1),
				standard(NETTY_PREFIX + "active_connections", "reactor.netty.connections.active", 1, "name"),
				standard(NETTY_PREFIX + "idle_connections", "reactor.netty.connections.idle", 1, "name"),
				standard(NETTY_PREFIX + "pending_connections", "reactor.netty.connections.pending", 1, "name"))
		.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

	/** The meter of an exported name; empty if it is not shown. */
	static Optional<ExposedMeter> forExportedName(String family) {
		if (family.startsWith(OWN_PREFIX)) {
			String name = family.replaceFirst("(_seconds|_bytes)?(_total)?$", "").replace('_', '.');
			return Optional.of(new ExposedMeter(name, null, 1));
		}
		return Optional.ofNullable(STANDARD.get(family));
	}

	/**
	 * Whether a sample counts requests to the management port. The polling itself makes
	 * such requests, so they would hide that a service is idle.
	 */
	boolean isOwnScrape(Map<String, String> labels) {
		return labels.getOrDefault("uri", "").startsWith("/actuator");
	}

	/** The tags of a sample that are shown. */
	Map<String, String> exposedTags(Map<String, String> labels) {
		Map<String, String> kept = new HashMap<>(labels);
		kept.remove("le");
		if (this.tags != null) {
			kept.keySet().retainAll(this.tags);
		}
		return kept;
	}

	private static Map.Entry<String, ExposedMeter> standard(String exported, String name, double scale,
			String... tags) {
		return Map.entry(exported, new ExposedMeter(name, List.of(tags), scale));
	}

}
