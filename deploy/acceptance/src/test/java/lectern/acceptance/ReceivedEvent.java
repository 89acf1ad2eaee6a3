package lectern.acceptance;

import tools.jackson.databind.JsonNode;

/**
 * An event as a client's own code got it.
 *
 * @param name {@code message}, or what the server named it
 * @param id the client's last event id at that moment
 */
record ReceivedEvent(String name, String id, String data) {

	/** Read an event from JSON with the same members. */
	static ReceivedEvent parse(JsonNode seen) {
		return new ReceivedEvent(seen.path("name").asString(), seen.path("id").asString(),
				seen.path("data").asString());
	}

	boolean isMessage() {
		return name().equals("message");
	}

	JsonNode dataAsJson() {
		return JsonTrees.parse(data());
	}

}
