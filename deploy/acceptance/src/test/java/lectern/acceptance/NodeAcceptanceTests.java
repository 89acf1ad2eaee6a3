package lectern.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The streams as a Node.js program sees them that uses the npm package eventsource. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class NodeAcceptanceTests {

	@Test
	void theCatalogIsFollowedOverEverythingBeingKilled(Lectern lectern, @TempDir Path folder) throws Exception {
		Curator curator = Curator.straightTo("catalog-service", lectern);
		Supplier<String> write = () -> curator.write("by-node", "Written at " + System.nanoTime());
		try (NodeStream stream = NodeStream.to(lectern.url() + "/api/v1/catalog/events", folder)) {
			List<String> written = new ArrayList<>();
			written.addAll(new Outage(lectern, "catalog-service", write).cursors());
			written.addAll(new Outage(lectern, "gateway", write).cursors());

			stream.sightings().assertExactly(written, Lectern.RESTART);
		}
	}

}
