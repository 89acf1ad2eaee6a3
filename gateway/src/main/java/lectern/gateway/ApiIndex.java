package lectern.gateway;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The index of the API.
 *
 * @param name of the software
 * @param links where a client can go from here
 */
record ApiIndex(String name, List<ApiLink> links) {

	/**
	 * A link.
	 *
	 * @param rel what it leads to
	 * @param href a path on this server
	 * @param type the media type; null for JSON
	 */
	record ApiLink(String rel, String href, @Nullable String type) {
	}

}
