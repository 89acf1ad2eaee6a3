package lectern.progress.stream;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStateDocument;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.stream.ReaderEvent.ReaderEventJson;
import lectern.streaming.log.Cursor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReaderEventTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void unknownEventOfPathShowsWhatIsStored() {
		UnknownEvent unknown = new UnknownEvent("{\"stars\":5}");
		PathStreamId stream = PathStreamId.parse("ada", "path:ada:architect").orElseThrow();
		StoredEvent event = new StoredEvent(7, stream.toString(), 1, "ada", "path-praised", null, NOON, NOON, unknown);
		PathStateDocument document = PathStateDocument.of(new PathState(stream, List.of(event), null, Set.of(), 0));

		ReaderEventJson json = new ReaderEvent(event, document).toJson(new Cursor("abcdefgh", 7));

		assertThat(json.data()).isEqualTo(unknown);
		assertThat(json.path()).isEqualTo("architect");
		assertThat(json.version()).isEqualTo(document.version());
	}

}
