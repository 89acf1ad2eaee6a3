package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The streams as received by a Java program with a widely used library. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class EventSourceLibraryAcceptanceTests {

	@Test
	void catalogStreamSurvivesServiceAndGatewayKill(LecternInstance lectern) throws Exception {
		CuratorClient curator = CuratorClient.bypassingGateway("catalog-service", lectern);
		Supplier<String> write = () -> curator.saveBook("by-a-library", "Written at " + System.nanoTime());
		String now = write.get();
		try (LibraryStreamClient stream = LibraryStreamClient.connectAfter(now,
				lectern.url() + "/api/v1/catalog/events", Map.of())) {
			stream.receivedEvents().assertReceivedExactly(List.of(write.get()), HANG_LIMIT);

			List<String> written = new ArrayList<>();
			written.addAll(new Outage(lectern, "catalog-service", write).writeAroundKill());
			written.addAll(new Outage(lectern, "gateway", write).writeAroundKill());

			stream.receivedEvents().assertReceivedExactly(written, LecternInstance.RESTART_TIMEOUT);
		}
	}

	@Test
	void readerStreamSurvivesServiceAndGatewayKill(LecternInstance lectern) throws Exception {
		ReaderClient reader = ReaderClient.bypassingGateway("progress-service", lectern);
		String reading = reader.startReading("fluent-python");
		Supplier<String> write = () -> reader.reportPosition(reading, Math.random());
		String now = write.get();
		try (LibraryStreamClient stream = LibraryStreamClient.connectAfter(now, lectern.url() + reader.streamPath(),
				reader.authorizationHeader())) {
			stream.receivedEvents().assertReceivedExactly(List.of(write.get()), HANG_LIMIT);

			List<String> written = new ArrayList<>();
			written.addAll(new Outage(lectern, "progress-service", write).writeAroundKill());
			written.addAll(new Outage(lectern, "gateway", write).writeAroundKill());

			stream.receivedEvents().assertReceivedExactly(written, LecternInstance.RESTART_TIMEOUT);
		}
	}

}
