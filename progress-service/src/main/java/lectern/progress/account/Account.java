package lectern.progress.account;

import java.util.List;

/**
 * An account as its own reader sees it. It contains nothing secret.
 *
 * @param reader the handle
 * @param name the display name
 * @param roles {@code curator}, {@code operator}, both or none
 */
record Account(String reader, String name, List<String> roles) {

	Account {
		roles = List.copyOf(roles);
	}

}
