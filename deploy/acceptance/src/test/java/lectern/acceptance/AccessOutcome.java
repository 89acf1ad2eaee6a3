package lectern.acceptance;

import java.util.Arrays;

/** What the check of identity and permission makes of a request. */
enum AccessOutcome {

	/** Only what the request asks for is judged, which here is nothing that exists. */
	ADMITTED("yes"),

	UNAUTHENTICATED("401"),

	FORBIDDEN("403"),

	/** There is nothing at this address for anybody. */
	ABSENT("404");

	private final String label;

	AccessOutcome(String label) {
		this.label = label;
	}

	String label() {
		return this.label;
	}

	/** Tell whether a status means this. An admitted request may find nothing (404). */
	boolean isShownBy(int status) {
		return (this == ADMITTED) ? status < 500 && Arrays.stream(values())
			.filter((other) -> other == UNAUTHENTICATED || other == FORBIDDEN)
			.noneMatch((other) -> other.isShownBy(status)) : this.label.equals(Integer.toString(status));
	}

}
