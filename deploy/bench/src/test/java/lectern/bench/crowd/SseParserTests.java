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

	private static final List<String> HEARD = List.of("retry 2500", "passed e-1", "passed e-2", "event e-2",
			"passed e-2", "passed e-3", "event e-3", "passed e-3", "event e-3", "passed e-9",
			"reset {\"reason\":\"epoch\",\"read\":\"/api/v1/books\"}", "passed e-9");

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void aStreamIsParsedWhereverTheReadsCutIt(String lineEnd) {
		byte[] bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second += 5) {
				Heard heard = new Heard();
				heard.parser.feed(bytes, 0, first);
				heard.parser.feed(bytes, first, second);
				heard.parser.feed(bytes, second, bytes.length);

				assertThat(heard.all).as("cut at %d and %d", first, second).isEqualTo(HEARD);
			}
		}
	}

	@Test
	void oneByteAtATimeIsEnough() {
		Heard heard = new Heard();
		byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
		for (int i = 0; i < bytes.length; i++) {
			heard.parser.feed(bytes, i, i + 1);
		}

		assertThat(heard.all).isEqualTo(HEARD);
	}

	@Test
	void aFrameThatIsCutOffCountsForNothing() {
		Heard heard = new Heard();
		EventId last = new EventId();
		heard.feed("id:e-1\ndata:1\n\nid:e-2\ndata:2");
		last.set("e-1".getBytes(StandardCharsets.UTF_8), 0, 3);
		heard.parser.begin(last);
		heard.feed("data:3\n\n");

		assertThat(heard.all).containsExactly("passed e-1", "event e-1", "passed e-1", "event e-1");
	}

	@Test
	void aLineLongerThanWhatIsKeptIsStillOneLine() {
		Heard heard = new Heard();
		for (int i = 0; i < 100; i++) {
			heard.feed((i == 0) ? "id:e-1\ndata:" : "id:no\r".repeat(9).replace("\r", " "));
		}
		heard.feed("\n\n");

		assertThat(heard.all).containsExactly("passed e-1", "event e-1");
	}

	private static final class Heard implements SseParser.Frames {

		private final SseParser parser = new SseParser(this);

		private final List<String> all = new ArrayList<>();

		private void feed(String text) {
			byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
			this.parser.feed(bytes, 0, bytes.length);
		}

		@Override
		public void passed(EventId id) {
			this.all.add("passed " + id);
		}

		@Override
		public void event(EventId id) {
			this.all.add("event " + id);
		}

		@Override
		public void control(String name, String data) {
			this.all.add(name + " " + data);
		}

		@Override
		public void retry(int millis) {
			this.all.add("retry " + millis);
		}

	}

}
