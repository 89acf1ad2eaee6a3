package lectern.web.openapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names, descriptions and exceptions that {@code openapi/*.yml} has for schemas.
 *
 * @param request whether clients write the content; both directions have their own names
 */
record SchemaTexts(ApiTexts texts, boolean request) {

	/** Return the description of a schema. */
	String describe(String schema) {
		return required(this.texts.text("schemas", schema, "description"), schema);
	}

	/**
	 * Return the description of a member: its own, or that of all members of the name.
	 */
	String describe(String schema, String member) {
		String own = this.texts.text("schemas", schema, member);
		return required((own != null) ? own : this.texts.text("members", member), schema + "." + member);
	}

	private static String required(@Nullable String text, String what) {
		if (text == null) {
			throw new AssertionError("openapi/*.yml does not describe " + what);
		}
		return text;
	}

	/** The name of a schema: that of the record, unless another one is given. */
	String name(Class<?> type) {
		String simple = type.getSimpleName();
		String given = this.texts.text(this.request ? "request-names" : "response-names", simple);
		return (given != null) ? given : simple;
	}

	/** Return the keywords that the type does not have. */
	ObjectNode keywords(String schema) {
		return this.texts.section("keywords").withObject("/" + schema);
	}

	/** Return the schema of a member that its type does not tell; null if it does. */
	@Nullable ObjectNode memberSchema(String schema, String member) {
		return (this.texts.section("member-schemas").get(schema + "." + member) instanceof ObjectNode given)
				? given.deepCopy() : null;
	}

}
