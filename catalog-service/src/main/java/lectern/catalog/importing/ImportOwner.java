package lectern.catalog.importing;

import java.util.UUID;

import org.springframework.stereotype.Component;

/** Identifies this process as the one that runs an import. */
@Component
class ImportOwner {

	private final String id = UUID.randomUUID().toString();

	String id() {
		return this.id;
	}

}
