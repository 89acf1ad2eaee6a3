package lectern.gateway.operations;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a service. */
enum ServiceState {

	/** It is ready. */
	UP,

	/** It runs but is not ready, for example without its database. */
	UNREADY,

	/** It did not return its metrics in time. */
	DOWN;

	@JsonValue
	String jsonValue() {
		return name().toLowerCase(Locale.ROOT);
	}

}
