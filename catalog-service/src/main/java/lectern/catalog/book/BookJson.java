package lectern.catalog.book;

import java.nio.charset.StandardCharsets;

/**
 * A book as everybody who reads it is shown it: the text that it is kept as.
 *
 * @param json one object on one line
 */
record BookJson(long version, String json) {

	byte[] bytes() {
		return this.json.getBytes(StandardCharsets.UTF_8);
	}

}
