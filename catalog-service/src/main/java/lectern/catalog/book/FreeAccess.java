package lectern.catalog.book;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A way to read or learn a book without paying; what is not known is absent.
 *
 * @param condition what it takes, or what it is not, in words
 * @param format as "HTML", "PDF, EPUB"
 * @param state whether it still leads there
 * @param checkedAt when somebody last looked
 */
public record FreeAccess(@NotNull(message = "is missing") Kind kind,
		@NotNull(message = "is missing") @WebUrl String url, @PlainText(max = 1000) @Nullable String condition,
		@PlainText(max = 100) @Nullable String format, @PlainText(max = 200) @Nullable String licence,
		@Nullable LinkState state, @Nullable Instant checkedAt) {

	/** What it is that is free. */
	public enum Kind {

		@JsonProperty("open-access")
		OPEN_ACCESS,

		@JsonProperty("sample")
		SAMPLE,

		@JsonProperty("library-loan")
		LIBRARY_LOAN,

		@JsonProperty("trial")
		TRIAL,

		@JsonProperty("talk")
		TALK,

		@JsonProperty("docs")
		DOCS,

		@JsonProperty("blog")
		BLOG,

		@JsonProperty("code")
		CODE

	}

	/** Whether the address still leads there. */
	public enum LinkState {

		@JsonProperty("live")
		LIVE,

		/** The original is gone; this is a copy. */
		@JsonProperty("archived")
		ARCHIVED,

		@JsonProperty("dead")
		DEAD

	}

}
