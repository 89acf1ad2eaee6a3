package lectern.catalog.learningpath;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import lectern.web.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * What a curator says of a path: the content of a write, and the document as stored. A
 * document that was read can be written back: what the catalog adds to it is passed over.
 *
 * @param gates in the order in which they are shown
 */
@JsonIgnoreProperties({ "id", "version", "createdAt", "changedAt" })
public record PathContent(@NotNull(message = "is missing") @PlainText(max = 500) String title,
		@PlainText(max = 5000, multiline = true) @Nullable String summary,
		@Size(min = 1, max = 100, message = "must have {min} to {max} entries") List<@NotNull(
				message = "is missing") @Valid Gate> gates) {

	public PathContent {
		gates = Gate.copyKeepingNulls(gates);
	}

}
