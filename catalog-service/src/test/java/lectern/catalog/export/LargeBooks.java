package lectern.catalog.export;

import java.util.stream.IntStream;

import lectern.web.TestApiClient;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Books whose export of 12 MB is more than Netty and the kernel buffer for a client that
 * does not read. They are few and repeat one word, so that the search index of them is
 * small.
 */
final class LargeBooks {

	static final int COUNT = 300;

	private static final String TEXT = "word ".repeat(980).strip();

	private static final String KEY_POINTS = String.join(",",
			IntStream.range(0, 30).mapToObj((n) -> "\"" + n + " " + TEXT.substring(0, 989) + "\"").toList());

	private LargeBooks() {
	}

	/** Return the books as the content of an import, all with the same title. */
	static Flux<DataBuffer> ndjson(String title) {
		return Flux.range(0, COUNT).map((n) -> TestApiClient.buffer("""
				{"id":"large-%d","title":"%s","summary":"%s","whyItMatters":"%s","keyPoints":[%s]}
				""".formatted(n, title, TEXT, TEXT, KEY_POINTS)));
	}

}
