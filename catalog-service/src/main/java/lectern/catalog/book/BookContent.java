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
 * The members of a book that a curator writes. Those that the catalog adds to a stored
 * document are ignored, so that a document can be read and written back. An absent list
 * becomes an empty one. The constraints hold only after validation.
 *
 * @param title as on the cover, without the edition
 * @param otherTitles other names of the book
 * @param language a BCP 47 tag
 */
@StreamSized
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

	/** The syntax of a BCP 47 tag, without its registered subtags. */
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

	/** Unlike List.copyOf, keeps nulls, which validation then reports. */
	private static <T> List<T> copyKeepingNulls(@Nullable List<T> list) {
		return (list == null) ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
	}

	/**
	 * Return the same content with these titles, topics, editions and ways to read it.
	 */
	public BookContent withMerged(List<String> mergedTitles, List<String> mergedTopics, List<Edition> mergedEditions,
			List<FreeAccess> mergedAccess) {
		return new BookContent(this.title, mergedTitles, this.authors, mergedTopics, this.level, this.language,
				this.summary, this.keyPoints, this.whyItMatters, mergedEditions, mergedAccess);
	}

}
