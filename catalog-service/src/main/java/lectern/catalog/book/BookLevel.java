package lectern.catalog.book;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a book expects of its reader. */
public enum BookLevel {

	@JsonProperty("beginner")
	BEGINNER,

	@JsonProperty("intermediate")
	INTERMEDIATE,

	@JsonProperty("advanced")
	ADVANCED

}
