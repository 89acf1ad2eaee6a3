package lectern.progress.account;

import java.util.List;

/**
 * A reader as shown to that reader: nothing secret is in it.
 *
 * @param reader the handle
 * @param name what the reader is called
 * @param roles {@code curator}, {@code operator}, both or none
 */
record Account(String reader, String name, List<String> roles) {

	Account {
		roles = List.copyOf(roles);
	}

}
