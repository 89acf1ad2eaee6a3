package lectern.launcher.demo;

import java.util.Map;

/** A device of a simulated reader. */
enum DemoDevice {

	PHONE("phone", "Pocket phone"), E_READER("e-reader", "E-reader"), LAPTOP("laptop", "Laptop"),
	TABLET("tablet", "Old tablet");

	private final String id;

	private final String displayName;

	DemoDevice(String id, String displayName) {
		this.id = id;
		this.displayName = displayName;
	}

	/** Return the member {@code device} of a report. */
	Map<String, String> content() {
		return Map.of("id", this.id, "name", this.displayName);
	}

}
