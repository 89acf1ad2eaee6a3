package lectern.acceptance.contract;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

/** What a client knows of a reading that it alone changes. */
final class ModelledReading {

	private final String id;

	private final String book;

	private final List<Shown> past = new ArrayList<>();

	private boolean removed;

	ModelledReading(String book, JsonNode state, String cursor) {
		this.id = state.path("id").asString();
		this.book = book;
		this.past.add(new Shown(cursor, state));
	}

	String id() {
		return this.id;
	}

	String book() {
		return this.book;
	}

	JsonNode state() {
		return this.past.getLast().state();
	}

	int version() {
		return state().path("version").asInt();
	}

	String entityTag() {
		return "\"" + version() + "\"";
	}

	/** {@code reading}, {@code finished}, {@code abandoned} or {@code removed}. */
	String status() {
		return this.removed ? "removed" : state().path("status").asString();
	}

	boolean isOpen() {
		return status().equals("reading");
	}

	boolean isRemoved() {
		return this.removed;
	}

	boolean hasPlan() {
		return state().has("plan");
	}

	/** Return the state after each event, the first one first. */
	List<Shown> past() {
		return this.past;
	}

	void change(JsonNode state, String cursor) {
		this.past.add(new Shown(cursor, state));
	}

	void remove(JsonNode state, String cursor) {
		this.removed = true;
		change(state, cursor);
	}

	void giveBack(JsonNode state, String cursor) {
		this.removed = false;
		change(state, cursor);
	}

	/**
	 * The state after an event.
	 *
	 * @param cursor the cursor of the event
	 */
	record Shown(String cursor, JsonNode state) {
	}

}
