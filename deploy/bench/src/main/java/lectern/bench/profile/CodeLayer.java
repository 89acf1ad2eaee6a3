package lectern.bench.profile;

import java.util.List;

/**
 * A layer of a service's code.
 *
 * @param name what it does
 * @param prefixes the beginnings of the names of its classes
 */
record CodeLayer(String name, List<String> prefixes) {

	static final String OTHER = "other";

	/** A method belongs to the first layer that has its class. */
	private static final List<CodeLayer> LAYERS = List.of(
			layer("JSON", "tools.jackson.", "org.springframework.http.codec."),
			layer("validation", "org.hibernate.validator.", "jakarta.validation.", "org.springframework.validation."),
			layer("live streams and following the log", "lectern.streaming.", "lectern.progress.stream."),
			layer("projections", "lectern.progress.projection.", "lectern.progress.query.",
					"lectern.progress.statistics.", "lectern.progress.publicactivity.",
					"lectern.progress.pathprogress."),
			layer("model and representation", "lectern.progress.model.", "lectern.progress.representation."),
			layer("event log and group commit", "lectern.progress.eventlog."),
			layer("commands", "lectern.progress.command."), layer("relay of the gateway", "lectern.gateway.relay."),
			layer("own filters", "lectern."),
			layer("R2DBC", "io.r2dbc.", "org.springframework.r2dbc.", "org.springframework.transaction."),
			layer("security", "org.springframework.security."), layer("metrics and observation", "io.micrometer."),
			layer("mapping and arguments", "org.springframework.web.reactive.", "org.springframework.web.method.",
					"org.springframework.web.bind."),
			layer("routing of the gateway", "org.springframework.cloud.gateway."),
			layer("web framework, exchange and filters", "org.springframework."),
			layer("HTTP client and its pool", "reactor.netty.http.client.", "reactor.netty.resources.",
					"reactor.netty.internal.shaded.reactor.pool."),
			layer("Reactor Netty", "reactor.netty.", "reactor.pool."), layer("HTTP codec", "io.netty.handler."),
			layer("sockets and event loops", "io.netty."), layer("Reactor operators", "reactor."));

	private static CodeLayer layer(String name, String... prefixes) {
		return new CodeLayer(name, List.of(prefixes));
	}

	/**
	 * Return the name of the layer of a stack.
	 * @param classNames the classes of its frames, the innermost first; those of the JDK
	 * count for their callers
	 */
	static String of(List<String> classNames) {
		for (String className : classNames) {
			for (CodeLayer layer : LAYERS) {
				if (layer.prefixes.stream().anyMatch(className::startsWith)) {
					return layer.name;
				}
			}
		}
		return OTHER;
	}

}
