package lectern.web.openapi;

import java.util.List;

import lectern.web.DeprecatedOperation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An operation, as its controllers and its description have it.
 *
 * @param id its unique name, for generated clients
 * @param handlers the methods that handle it; several if the content or a parameter
 * decides
 * @param description its entry in {@code openapi/*.yml}
 */
record DescribedOperation(String id, List<MappedHandler> handlers, ObjectNode description) {

	String verb() {
		return this.handlers.getFirst().verb();
	}

	String path() {
		return this.handlers.getFirst().path();
	}

	/** Whether a switch of the description is on. */
	boolean is(String name) {
		return this.description.path(name).asBoolean(false);
	}

	/** A text of the description; empty if it is absent. */
	String text(String name) {
		return this.description.path(name).asString("");
	}

	/** The texts of a list of the description; empty if it is absent. */
	List<String> texts(String name) {
		return this.description.path(name).valueStream().map(JsonNode::stringValue).toList();
	}

	/** Whether the operation changes something. */
	boolean isUnsafe() {
		return !verb().equals("get");
	}

	boolean isDeprecated() {
		return this.handlers.getFirst().method().isAnnotationPresent(DeprecatedOperation.class);
	}

	boolean isPublic() {
		return text("access").equals("public");
	}

	boolean hasBody() {
		return this.description.has("request");
	}

	ObjectNode answers() {
		return (ObjectNode) this.description.get("answers");
	}

}
