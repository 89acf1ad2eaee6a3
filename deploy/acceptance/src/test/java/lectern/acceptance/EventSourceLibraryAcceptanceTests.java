package lectern.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The streams as a Java program sees them that uses a well-known library. */
@ExtendWith(LecternUp.class)
@Timeout(300)
class EventSourceLibraryAcceptanceTests {

	@Test
	void theCatalogIsFollowedOverEverythingBeingKilled(Lectern lectern) throws Exception {
		Curator curator = Curator.straightTo("catalog-service", lectern);
		Supplier<String> write = () -> curator.write("by-a-library", "Written at " + System.nanoTime());
		String now = write.get();
		try (LibraryStream stream = LibraryStream.after(now, lectern.url() + "/api/v1/catalog/events", Map.of())) {
			stream.sightings().assertExactly(List.of(write.get()), HANG_LIMIT);

			List<String> written = new ArrayList<>();
			written.addAll(new Outage(lectern, "catalog-service", write).cursors());
			written.addAll(new Outage(lectern, "gateway", write).cursors());

			stream.sightings().assertExactly(written, Lectern.RESTART);
		}
	}

	@Test
	void aReaderIsFollowedOverEverythingBeingKilled(Lectern lectern) throws Exception {
		Reader reader = Reader.straightTo("progress-service", lectern);
		String reading = reader.start("fluent-python");
		Supplier<String> write = () -> reader.report(reading, Math.random());
		String now = write.get();
		try (LibraryStream stream = LibraryStream.after(now, lectern.url() + reader.stream(), reader.authorization())) {
			stream.sightings().assertExactly(List.of(write.get()), HANG_LIMIT);

			List<String> written = new ArrayList<>();
			written.addAll(new Outage(lectern, "progress-service", write).cursors());
			written.addAll(new Outage(lectern, "gateway", write).cursors());

			stream.sightings().assertExactly(written, Lectern.RESTART);
		}
	}

}
