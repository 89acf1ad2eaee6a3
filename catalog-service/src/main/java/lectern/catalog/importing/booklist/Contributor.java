package lectern.catalog.importing.booklist;

/**
 * A person or organization that an item names, with its role.
 */
public record Contributor(String name, Role role) {

	enum Role {

		AUTHOR, TRANSLATOR, EDITOR, PUBLISHER, CONTRIBUTOR;

		/**
		 * Convert a MARC relator code, as the lists use them.
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
