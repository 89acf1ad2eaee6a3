package lectern.progress.account;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An account as its own reader sees it. It contains nothing secret.
 *
 * @param reader the handle
 * @param name the display name
 * @param roles {@code curator}, {@code operator}, both or none
 * @param policy which reports move the position, {@code latest} or {@code furthest}
 * @param zone the time zone for statistics; null if the reader has not chosen one
 * @param version the version of the account, from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(String reader, String name, List<String> roles, String policy, @Nullable String zone, int version,
		Instant createdAt) {

	public Profile {
		roles = List.copyOf(roles);
	}

}
