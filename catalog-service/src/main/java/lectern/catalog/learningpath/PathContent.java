package lectern.catalog.learningpath;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import lectern.catalog.book.StreamSized;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * The part of a learning path that a curator writes; also its stored JSON document. The
 * members that the catalog adds to a response are ignored, so that a document that was
 * read can be written back.
 *
 * @param gates in display order
 */
@StreamSized
@JsonIgnoreProperties({ "id", "version", "createdAt", "changedAt" })
public record PathContent(@NotNull(message = "is missing") @PlainText(max = 500) String title,
		@PlainText(max = 5000, multiline = true) @Nullable String summary,
		@Size(min = 1, max = 100, message = "must have {min} to {max} entries") List<@NotNull(
				message = "is missing") @Valid Gate> gates) {

	public PathContent {
		gates = Gate.copyKeepingNulls(gates);
	}

}
