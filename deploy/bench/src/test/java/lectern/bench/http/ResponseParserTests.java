package lectern.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ResponseParserTests {

	private static final String CHUNKED = """
			HTTP/1.1 200 OK\r
			transfer-encoding: chunked\r
			X-One: 1\r
			\r
			6\r
			hello \r
			10;ext=1\r
			world, all of it\r
			0\r
			Trailer: t\r
			\r
			""";

	@Test
	void chunkedBodyIsParsedAtAnyReadBoundary() {
		for (int first = 0; first < CHUNKED.length(); first++) {
			for (int second = first; second < CHUNKED.length(); second += 7) {
				RecordingResponseHandler parsed = new RecordingResponseHandler();
				parsed.feed(CHUNKED.substring(0, first));
				parsed.feed(CHUNKED.substring(first, second));
				parsed.feed(CHUNKED.substring(second));

				assertThat(parsed.body).hasToString("hello world, all of it");
				assertThat(parsed.parser.isComplete()).isTrue();
				assertThat(parsed.heads).hasSize(1);
			}
		}
	}

	@Test
	void headContainsStatusAndHeaders() {
		RecordingResponseHandler parsed = new RecordingResponseHandler();
		parsed.feed(CHUNKED);

		assertThat(parsed.heads.getFirst().status()).isEqualTo(200);
		assertThat(parsed.heads.getFirst().headers()).containsEntry("Transfer-Encoding", "chunked")
			.containsEntry("X-One", "1");
	}

	@Test
	void bodyWithContentLengthEndsBeforeNextResponse() {
		RecordingResponseHandler parsed = new RecordingResponseHandler();
		String first = "HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nbody";

		assertThat(parsed.feed(first + "HTTP/1.1 200 OK\r\n")).isEqualTo(first.length());
		assertThat(parsed.body).hasToString("body");
		assertThat(parsed.parser.isComplete()).isTrue();
	}

	@Test
	void bodyWithoutLengthLastsUntilConnectionCloses() {
		RecordingResponseHandler parsed = new RecordingResponseHandler();
		parsed.feed("HTTP/1.1 200 OK\r\n\r\n: hi\n\nid: 1\n");

		assertThat(parsed.body).hasToString(": hi\n\nid: 1\n");
		assertThat(parsed.parser.isComplete()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 429 Slow Down\r\nContent-Length: 0\r\n\r\n" })
	void responseWithoutBodyIsComplete(String text) {
		RecordingResponseHandler parsed = new RecordingResponseHandler();
		parsed.feed(text);

		assertThat(parsed.parser.isComplete()).isTrue();
		assertThat(parsed.body).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" })
	void rejectsMalformedHttp(String text) {
		assertThatIllegalStateException().isThrownBy(() -> new RecordingResponseHandler().feed(text));
	}

	private static final class RecordingResponseHandler implements ResponseHandler {

		private final ResponseParser parser = new ResponseParser(this);

		private final List<ResponseHead> heads = new ArrayList<>();

		private final StringBuilder body = new StringBuilder();

		private int feed(String text) {
			byte[] bytes = ("?" + text + "?").getBytes(StandardCharsets.ISO_8859_1);
			return this.parser.feed(bytes, 1, bytes.length - 1) - 1;
		}

		@Override
		public void onHead(ResponseHead head) {
			this.heads.add(head);
		}

		@Override
		public void onBody(byte[] bytes, int from, int to) {
			this.body.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
		}

	}

}
