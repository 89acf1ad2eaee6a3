package lectern.acceptance.fuzz;

import tools.jackson.databind.JsonNode;

/**
 * A parameter of an operation.
 *
 * @param in {@code path}, {@code query} or {@code header}
 * @param schema the schema of its value, which is a text
 */
record ApiParameter(String name, String in, JsonNode schema) {

	boolean isIn(String place) {
		return this.in.equals(place);
	}

}
