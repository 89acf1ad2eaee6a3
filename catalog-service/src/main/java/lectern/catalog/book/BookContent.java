package lectern.catalog.book;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * What a curator says of a book: the content of a write, and what is read of the document
 * as stored. A document that was read can be written back: what the catalog adds to it is
 * passed over. Lists that are absent are empty; the constraints hold for what has passed
 * validation.
 *
 * @param title as on the cover, without the edition
 * @param otherTitles names it is also known by
 * @param language a BCP 47 tag
 */
@JsonIgnoreProperties({ "id", "version", "createdAt", "changedAt" })
public record BookContent(@NotNull(message = "is missing") @PlainText(max = 500) String title,
		@Size(max = 50,
				message = TOO_MANY) List<@NotNull(message = "is missing") @PlainText(max = 500) String> otherTitles,
		@Size(max = 100,
				message = TOO_MANY) List<@NotNull(message = "is missing") @PlainText(max = 200) String> authors,
		@Size(max = 100, message = TOO_MANY) List<@NotNull(message = "is missing") @PlainText(max = 200) String> topics,
		@Nullable BookLevel level, @Pattern(regexp = LANGUAGE, message = LANGUAGE_MESSAGE) @Nullable String language,
		@PlainText(max = 5000, multiline = true) @Nullable String summary,
		@Size(max = 50,
				message = TOO_MANY) List<@NotNull(message = "is missing") @PlainText(max = 1000) String> keyPoints,
		@PlainText(max = 5000, multiline = true) @Nullable String whyItMatters,
		@DistinctEditions @Size(max = 100,
				message = TOO_MANY) List<@NotNull(message = "is missing") @Valid Edition> editions,
		@Size(max = 500, message = TOO_MANY) List<@NotNull(message = "is missing") @Valid FreeAccess> freeAccess) {

	/** The form of a BCP 47 tag, as far as a form tells. */
	public static final String LANGUAGE = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}";

	static final String LANGUAGE_MESSAGE = "must be a BCP 47 language tag";

	private static final String TOO_MANY = "must have at most {max} entries";

	public BookContent {
		otherTitles = copyKeepingNulls(otherTitles);
		authors = copyKeepingNulls(authors);
		topics = copyKeepingNulls(topics);
		keyPoints = copyKeepingNulls(keyPoints);
		editions = copyKeepingNulls(editions);
		freeAccess = copyKeepingNulls(freeAccess);
	}

	/** Unlike List.copyOf it keeps nulls, for validation to point at. */
	private static <T> List<T> copyKeepingNulls(@Nullable List<T> given) {
		return (given == null) ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
	}

	/** The same with what another list knows of the book. */
	public BookContent withMerged(List<String> moreTitles, List<String> moreTopics, List<Edition> moreEditions,
			List<FreeAccess> moreAccess) {
		return new BookContent(this.title, moreTitles, this.authors, moreTopics, this.level, this.language,
				this.summary, this.keyPoints, this.whyItMatters, moreEditions, moreAccess);
	}

}
