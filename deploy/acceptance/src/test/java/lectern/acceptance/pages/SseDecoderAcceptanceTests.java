package lectern.acceptance.pages;

import com.microsoft.playwright.Page;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** The decoder of the pages reads event streams by the rules of the HTML standard. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class SseDecoderAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	/** Each stream is decoded as a whole, byte by byte, and cut in two at each byte. */
	private static final String DECODE = """
			async (text) => {
			  const { SseDecoder } = await import('/assets/kit/sse-decoder.js');
			  const bytes = new TextEncoder().encode(text);
			  const decode = (...parts) => {
			    const decoder = new SseDecoder();
			    const blocks = parts.flatMap((part) => decoder.take(part));
			    return JSON.stringify(decoder.retry === null ? blocks : [...blocks, { retry: decoder.retry }]);
			  };
			  const results = new Set([decode(bytes), decode(...Array.from(bytes, (byte) => Uint8Array.of(byte)))]);
			  for (let cut = 1; cut < bytes.length; cut += 1) {
			    results.add(decode(bytes.slice(0, cut), bytes.slice(cut)));
			  }
			  return [...results].join(' or ');
			}""";

	/** Escapes of Java in a stream stand for line breaks. */
	private static final String STREAMS = """
			data:a\\n\\n -> [{"data":"a"}]
			id:7\\ndata: {"a":1}\\n\\n -> [{"id":"7","data":"{\\"a\\":1}"}]
			data:a\\r\\n\\r\\ndata:b\\r\\n\\r\\n -> [{"data":"a"},{"data":"b"}]
			data:a\\r\\rdata:b\\r\\r -> [{"data":"a"},{"data":"b"}]
			data:a\\ndata\\ndata:  b\\n\\n -> [{"data":"a\\n\\n b"}]
			\uFEFFdata:a\\n\\n -> [{"data":"a"}]
			:\\n\\n -> [{"comment":""}]
			retry:2500\\n:lectern\\nid:e-1\\n\\n -> [{"comment":"lectern","id":"e-1"},{"retry":2500}]
			id:e-1\\n\\n -> [{"id":"e-1"}]
			id:\\ndata:a\\n\\n -> [{"id":"","data":"a"}]
			event:end\\nid:2\\ndata:{}\\n\\n -> [{"event":"end","id":"2","data":"{}"}]
			retry:soon\\nother:x\\ndata:a\\n\\n -> [{"data":"a"}]
			data:\u00E9\u4F60\uD83D\uDE00\\n\\n -> [{"data":"\u00E9\u4F60\uD83D\uDE00"}]
			\\n\\n\\n -> []
			data:without end -> []
			""";

	@Test
	void streamIsDecodedWhereverItIsCut(LecternInstance lectern) {
		Page page = visitors.visitor(lectern).open("/books");

		assertThat(STREAMS.lines()).allSatisfy((line) -> {
			String[] parts = line.split(" -> ");
			assertThat(page.evaluate(DECODE, parts[0].translateEscapes())).isEqualTo(parts[1]);
		});
	}

}
