package lectern.progress.readerexport;

import com.fasterxml.jackson.annotation.JsonInclude;
import lectern.progress.account.Profile;
import org.jspecify.annotations.Nullable;

/**
 * The first line of an export: the account.
 *
 * @param zone null if the reader has not chosen one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReaderLine(String type, String reader, String name, String policy, @Nullable String zone) {

	static ReaderLine of(Profile profile) {
		return new ReaderLine("reader", profile.reader(), profile.name(), profile.policy(), profile.zone());
	}

}
