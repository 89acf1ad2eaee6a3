package lectern.web;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to become of a JSON document: a member takes the place of its namesake, null
 * takes it away, an object is a patch of its namesake again.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public record MergePatch(ObjectNode members) {

	/** Its media type. */
	public static final String MEDIA_TYPE = "application/merge-patch+json";

	/**
	 * A patch from the content of a request.
	 * @throws Problem 400 if it is no object: that would be another document, not a patch
	 */
	public static MergePatch of(JsonNode content) {
		if (content instanceof ObjectNode members) {
			return new MergePatch(members);
		}
		throw Problem.of(ProblemType.MALFORMED, "A merge patch must be a JSON object.");
	}

	/** The document as it is to be; the one given stays as it is. */
	public ObjectNode applyTo(ObjectNode document) {
		return merge(document, this.members);
	}

	private static ObjectNode merge(JsonNode target, ObjectNode patch) {
		ObjectNode merged = (target instanceof ObjectNode object) ? object.deepCopy()
				: JsonNodeFactory.instance.objectNode();
		patch.properties().forEach((member) -> {
			JsonNode value = member.getValue();
			if (value.isNull()) {
				merged.remove(member.getKey());
			}
			else if (value instanceof ObjectNode part) {
				merged.set(member.getKey(), merge(merged.path(member.getKey()), part));
			}
			else {
				merged.set(member.getKey(), value);
			}
		});
		return merged;
	}

}
