package lectern.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The streams as received by a Node.js program with the npm package eventsource. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class NodeAcceptanceTests {

	@Test
	void catalogStreamSurvivesServiceAndGatewayKill(LecternInstance lectern, @TempDir Path folder) throws Exception {
		CuratorClient curator = CuratorClient.bypassingGateway("catalog-service", lectern);
		Supplier<String> write = () -> curator.saveBook("by-node", "Written at " + System.nanoTime());
		try (NodeStreamClient stream = NodeStreamClient.connect(lectern.url() + "/api/v1/catalog/events", folder)) {
			List<String> written = new ArrayList<>();
			written.addAll(new Outage(lectern, "catalog-service", write).writeAroundKill());
			written.addAll(new Outage(lectern, "gateway", write).writeAroundKill());

			stream.receivedEvents().assertReceivedExactly(written, LecternInstance.RESTART_TIMEOUT);
		}
	}

}
