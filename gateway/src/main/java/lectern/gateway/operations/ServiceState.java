package lectern.gateway.operations;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a service is. */
enum ServiceState {

	/** It serves. */
	UP,

	/** It runs but says that it cannot serve, for want of its database for example. */
	UNREADY,

	/** It did not give its metrics in time. */
	DOWN;

	@JsonValue
	String jsonValue() {
		return name().toLowerCase(Locale.ROOT);
	}

}
