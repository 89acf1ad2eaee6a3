package lectern.pages;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says which file has a module: addresses in the sources have no hashes, so a file
 * changes only when its own content does.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/webappapis.html#import-maps">HTML,
 * import maps</a>
 */
final class ImportMap {

	private final SortedMap<String, String> addresses = new TreeMap<>();

	/** Set the address of the file that has a module. */
	void put(String specifier, String address) {
		this.addresses.put(specifier, address);
	}

	/** Return the address of a module. */
	String address(String specifier) {
		String address = this.addresses.get(specifier);
		if (address == null) {
			throw new PageBuildException("There is no module " + specifier + ".");
		}
		return address;
	}

	/** Return the map as JSON; specifiers and addresses need no escapes. */
	String json() {
		return this.addresses.entrySet()
			.stream()
			.map(ImportMap::member)
			.collect(Collectors.joining(",", "{\"imports\":{", "}}"));
	}

	private static String member(Map.Entry<String, String> entry) {
		return "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"";
	}

}
