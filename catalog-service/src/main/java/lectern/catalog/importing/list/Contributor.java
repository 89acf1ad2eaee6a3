package lectern.catalog.importing.list;

/**
 * A person or body named by an item, and what they did.
 */
public record Contributor(String name, Role role) {

	enum Role {

		AUTHOR, TRANSLATOR, EDITOR, PUBLISHER, CONTRIBUTOR;

		/**
		 * Finds the role of one of the lists' codes, which are MARC relator codes.
		 */
		static Role ofCode(String code) {
			return switch (code) {
				case "trl" -> TRANSLATOR;
				case "edt" -> EDITOR;
				case "aut" -> AUTHOR;
				case "pbl" -> PUBLISHER;
				default -> CONTRIBUTOR;
			};
		}

	}

}
