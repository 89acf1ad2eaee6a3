package lectern.bench.crowd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SseParserTests {

	private static final String STREAM = """
			retry:2500
			:lectern
			id:e-1

			id:e-2
			data:{"title":"Über alles"}

			:nothing happens

			id: e-3
			data: one
			data: two

			data:no id of its own

			event:reset
			id:e-9
			data:{"reason":"epoch","read":"/api/v1/books"}

			event:only a name

			""";

	private static final List<String> EXPECTED_CALLS = List.of("retry 2500", "passed e-1", "passed e-2", "event e-2",
			"passed e-2", "passed e-3", "event e-3", "passed e-3", "event e-3", "passed e-9",
			"reset {\"reason\":\"epoch\",\"read\":\"/api/v1/books\"}", "passed e-9");

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void streamIsParsedAtAnyReadBoundary(String lineEnd) {
		byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second += 5) {
				RecordingFrameListener heard = new RecordingFrameListener();
				heard.parser.feed(bytes, 0, first);
				heard.parser.feed(bytes, first, second);
				heard.parser.feed(bytes, second, bytes.length);

				assertThat(heard.calls).as("cut at %d and %d", first, second).isEqualTo(EXPECTED_CALLS);
			}
		}
	}

	@Test
	void streamIsParsedByteByByte() {
		RecordingFrameListener heard = new RecordingFrameListener();
		byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			heard.parser.feed(bytes, i, i + 1);
		}

		assertThat(heard.calls).isEqualTo(EXPECTED_CALLS);
	}

	@Test
	void incompleteFrameIsDiscardedOnReconnect() {
		RecordingFrameListener heard = new RecordingFrameListener();
		EventId last = new EventId();
		heard.feed("id:e-1\ndata:1\n\nid:e-2\ndata:2");
		last.set("e-1".getBytes(StandardCharsets.UTF_8), 0, 3);
		heard.parser.startStream(last);
		heard.feed("data:3\n\n");

		assertThat(heard.calls).containsExactly("passed e-1", "event e-1", "passed e-1", "event e-1");
	}

	@Test
	void lineLongerThanBufferIsParsedAsOneLine() {
		RecordingFrameListener heard = new RecordingFrameListener();
		for (int i = 0; i < 100; i++) {
			heard.feed((i == 0) ? "id:e-1\ndata:" : "id:no\r".repeat(9).replace("\r", " "));
		}
		heard.feed("\n\n");

		assertThat(heard.calls).containsExactly("passed e-1", "event e-1");
	}

	private static final class RecordingFrameListener implements SseParser.ParsedFrameListener {

		private final SseParser parser = new SseParser(this);

		private final List<String> calls = new ArrayList<>();

		private void feed(String text) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			this.parser.feed(bytes, 0, bytes.length);
		}

		@Override
		public void onLastEventId(EventId id) {
			this.calls.add("passed " + id);
		}

		@Override
		public void onEvent(EventId id) {
			this.calls.add("event " + id);
		}

		@Override
		public void onNamedEvent(String name, String data) {
			this.calls.add(name + " " + data);
		}

		@Override
		public void onRetry(int millis) {
			this.calls.add("retry " + millis);
		}

	}

}
