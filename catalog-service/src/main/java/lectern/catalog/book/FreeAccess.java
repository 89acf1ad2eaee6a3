package lectern.catalog.book;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * A way to read or learn a book for free. A member that is not known is null.
 *
 * @param condition what it requires or lacks, in words
 * @param format such as "HTML" or "PDF, EPUB"
 * @param state whether the link works
 * @param checkedAt when the link was last checked
 */
public record FreeAccess(@NotNull(message = "is missing") Kind kind,
		@NotNull(message = "is missing") @WebUrl String url, @PlainText(max = 1000) @Nullable String condition,
		@PlainText(max = 100) @Nullable String format, @PlainText(max = 200) @Nullable String licence,
		@Nullable LinkState state, @Nullable Instant checkedAt) {

	/** What is offered for free. */
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

	/** Whether a link works. */
	public enum LinkState {

		@JsonProperty("live")
		LIVE,

		/** The original is gone; the link leads to a copy. */
		@JsonProperty("archived")
		ARCHIVED,

		@JsonProperty("dead")
		DEAD

	}

}
