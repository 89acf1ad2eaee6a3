package lectern.web;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON merge patch: a member replaces the member of the same name, null removes it, and
 * an object is merged with it recursively.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public record MergePatch(ObjectNode members) {

	/** The media type of a merge patch. */
	public static final String MEDIA_TYPE = "application/merge-patch+json";

	/**
	 * Create a patch from the content of a request.
	 * @throws Problem 400 if it is not an object, which would replace the whole document
	 */
	public static MergePatch of(JsonNode content) {
		if (content instanceof ObjectNode members) {
			return new MergePatch(members);
		}
		throw Problem.of(ProblemType.MALFORMED, "A merge patch must be a JSON object.");
	}

	/** Return the patched document; the given document is not modified. */
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
			else if (value instanceof ObjectNode nested) {
				merged.set(member.getKey(), merge(merged.path(member.getKey()), nested));
			}
			else {
				merged.set(member.getKey(), value);
			}
		});
		return merged;
	}

}
