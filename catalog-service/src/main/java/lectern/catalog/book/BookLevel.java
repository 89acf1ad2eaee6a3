package lectern.catalog.book;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The prior knowledge that a book requires. */
public enum BookLevel {

	@JsonProperty("beginner")
	BEGINNER,

	@JsonProperty("intermediate")
	INTERMEDIATE,

	@JsonProperty("advanced")
	ADVANCED

}
