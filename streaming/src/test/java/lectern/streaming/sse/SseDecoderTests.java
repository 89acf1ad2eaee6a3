package lectern.streaming.sse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SseDecoderTests {

	private final SseDecoder decoder = new SseDecoder(100);

	@Test
	void parsesIdEventAndDataFields() {
		assertThat(decode("id:abc-1\ndata:{}\n\n")).singleElement().satisfies((event) -> {
			assertThat(event.isLogEvent()).isTrue();
			assertThat(event.id()).isEqualTo("abc-1");
			assertThat(event.event()).isNull();
			assertThat(event.data()).asString().isEqualTo("{}");
			assertThat(event.dataText()).isEqualTo("{}");
		});
		assertThat(decode("retry:2000\n:lectern\nid: abc-1\n\n")).singleElement().satisfies((event) -> {
			assertThat(event.isLogEvent()).isFalse();
			assertThat(event.id()).isEqualTo("abc-1");
			assertThat(event.data()).isNull();
			assertThat(event.dataText()).isEmpty();
		});
		assertThat(decode("event: reset\nid:abc-2\ndata: {}\n\n")).singleElement().satisfies((event) -> {
			assertThat(event.isLogEvent()).isFalse();
			assertThat(event.event()).isEqualTo("reset");
			assertThat(event.text()).isEqualTo("event: reset\nid:abc-2\ndata: {}\n\n");
		});
	}

	@Test
	void truncatedEventIsIgnored() {
		assertThat(decode("id:abc-1\ndata:{\"type\":")).isEmpty();
		assertThat(new SseDecoder(100).decode(bytes("id:abc-1\n"))).isEmpty();
	}

	@Test
	void decodesSplitAndCombinedChunks() {
		assertThat(decode("id:abc-1\nda")).isEmpty();
		assertThat(decode("ta:1\n")).isEmpty();
		assertThat(decode("\nid:abc-2\ndata:2\n\nid:abc-3\n")).extracting(SseEvent::id)
			.containsExactly("abc-1", "abc-2");
		assertThat(decode("\n")).extracting(SseEvent::id).containsExactly("abc-3");
	}

	@Test
	void decodesTheSameEventsWhereverChunksEnd() {
		String text = "id:1\ndata:a\n\n\nid:2\n\n:comment\n\nid:3\ndata:b\n\n";
		for (int first = 0; first <= text.length(); first++) {
			for (int second = first; second <= text.length(); second++) {
				SseDecoder split = new SseDecoder(100);
				assertThat(Stream.of(text.substring(0, first), text.substring(first, second), text.substring(second))
					.flatMap((chunk) -> split.decode(bytes(chunk)).stream())
					.map(SseEvent::text))
					.containsExactly("id:1\ndata:a\n\n", "\n", "id:2\n\n", ":comment\n\n", "id:3\ndata:b\n\n");
			}
		}
	}

	@Test
	void rejectsTooLargeEvent() {
		assertThat(decode("data:" + "x".repeat(90))).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> decode("x".repeat(10)));
	}

	private List<SseEvent> decode(String text) {
		return this.decoder.decode(bytes(text));
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
	}

}
