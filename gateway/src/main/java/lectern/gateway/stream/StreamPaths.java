package lectern.gateway.stream;

import java.util.Set;

/**
 * The paths of all event streams, which take precedence over the routes.
 *
 * @param paths the patterns of the paths
 */
public record StreamPaths(Set<String> paths) {

	public StreamPaths {
		paths = Set.copyOf(paths);
	}

}
