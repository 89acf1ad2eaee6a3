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

	private static final List<String> EXPECTED_CALLS = List.of("retry 2500", "lastEventId e-1", "lastEventId e-2",
			"event e-2", "lastEventId e-2", "lastEventId e-3", "event e-3", "lastEventId e-3", "event e-3",
			"lastEventId e-9", "reset {\"reason\":\"epoch\",\"read\":\"/api/v1/books\"}", "lastEventId e-9");

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void streamIsParsedAtAnyReadBoundary(String lineEnd) {
		byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second += 5) {
				RecordingFrameListener listener = new RecordingFrameListener();
				listener.parser.feed(bytes, 0, first);
				listener.parser.feed(bytes, first, second);
				listener.parser.feed(bytes, second, bytes.length);

				assertThat(listener.calls).as("cut at %d and %d", first, second).isEqualTo(EXPECTED_CALLS);
			}
		}
	}

	@Test
	void streamIsParsedByteByByte() {
		RecordingFrameListener listener = new RecordingFrameListener();
		byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			listener.parser.feed(bytes, i, i + 1);
		}

		assertThat(listener.calls).isEqualTo(EXPECTED_CALLS);
	}

	@Test
	void incompleteFrameIsDiscardedOnReconnect() {
		RecordingFrameListener listener = new RecordingFrameListener();
		EventId last = new EventId();
		listener.feed("id:e-1\ndata:1\n\nid:e-2\ndata:2");
		last.set("e-1".getBytes(StandardCharsets.UTF_8), 0, 3);
		listener.parser.startStream(last);
		listener.feed("data:3\n\n");

		assertThat(listener.calls).containsExactly("lastEventId e-1", "event e-1", "lastEventId e-1", "event e-1");
	}

	@Test
	void lineLongerThanBufferIsParsedAsOneLine() {
		RecordingFrameListener listener = new RecordingFrameListener();
		for (int i = 0; i < 100; i++) {
			listener.feed((i == 0) ? "id:e-1\ndata:" : "id:no\r".repeat(9).replace("\r", " "));
		}
		listener.feed("\n\n");

		assertThat(listener.calls).containsExactly("lastEventId e-1", "event e-1");
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
			this.calls.add("lastEventId " + id);
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
