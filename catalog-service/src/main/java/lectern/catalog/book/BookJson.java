package lectern.catalog.book;

import java.nio.charset.StandardCharsets;

/**
 * The stored JSON of a book, which is the body of the response to a GET.
 *
 * @param json one object on one line
 */
record BookJson(long version, String json) {

	byte[] bytes() {
		return this.json.getBytes(StandardCharsets.UTF_8);
	}

}
