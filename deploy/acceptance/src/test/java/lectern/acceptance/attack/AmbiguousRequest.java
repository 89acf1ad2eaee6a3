package lectern.acceptance.attack;

/** A request of which two servers could disagree about where it ends. */
enum AmbiguousRequest {

	CONTENT_LENGTH_AND_CHUNKED(Head.POST + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG"),

	CHUNKED_AND_CONTENT_LENGTH(
			Head.POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n1e\r\n" + Head.NEXT + "\r\n0\r\n\r\n"),

	CONTENT_OF_GET_WITH_BOTH(Head.GET + "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),

	TWO_DIFFERENT_LENGTHS(Head.POST + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n"),

	LIST_OF_LENGTHS(Head.POST + "Content-Length: 0, 44\r\n\r\n"),

	LENGTH_WITH_PLUS(Head.POST + "Content-Length: +0\r\n\r\n"),

	NEGATIVE_LENGTH(Head.POST + "Content-Length: -1\r\n\r\n"),

	HEXADECIMAL_LENGTH(Head.POST + "Content-Length: 0x0\r\n\r\n"),

	LENGTH_WITH_SPACE(Head.POST + "Content-Length: 0 0\r\n\r\n"),

	EMPTY_LENGTH(Head.POST + "Content-Length: \r\n\r\n"),

	LENGTH_BEYOND_64_BITS(Head.POST + "Content-Length: 18446744073709551616\r\n\r\n"),

	UNKNOWN_CODING(Head.POST + "Transfer-Encoding: xchunked\r\n\r\n" + Head.NO_CHUNK),

	CODING_WITH_SPACE_BEFORE_COLON(Head.POST + "Transfer-Encoding : chunked\r\n\r\n" + Head.NO_CHUNK),

	CODING_WITH_VERTICAL_TAB(Head.POST + "Transfer-Encoding: \u000bchunked\r\n\r\n" + Head.NO_CHUNK),

	CODING_BEHIND_IDENTITY(Head.POST + "Transfer-Encoding: identity, chunked\r\n\r\n" + Head.NO_CHUNK),

	CODING_BEFORE_IDENTITY(Head.POST + "Transfer-Encoding: chunked, identity\r\n\r\n" + Head.NO_CHUNK),

	TWO_CODINGS(Head.POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n" + Head.NO_CHUNK),

	CHUNKED_TWICE(Head.POST + "Transfer-Encoding: chunked, chunked\r\n\r\n" + Head.NO_CHUNK),

	COMPRESSED_AND_CHUNKED(Head.POST + "Transfer-Encoding: gzip, chunked\r\n\r\n" + Head.NO_CHUNK),

	QUOTED_CODING(Head.POST + "Transfer-Encoding: \"chunked\"\r\n\r\n" + Head.NO_CHUNK),

	FOLDED_CODING(Head.POST + "Transfer-Encoding:\r\n chunked\r\n\r\n" + Head.NO_CHUNK),

	CODING_IN_HTTP_1_0("POST /api/v1/tokens HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + Head.NO_CHUNK),

	CODING_WITH_NUL(Head.POST + "Transfer-Encoding: chunked\0\r\n\r\n" + Head.NO_CHUNK),

	NAME_OF_CODING_WITH_NUL(Head.POST + "Transfer-Encoding\0: chunked\r\n\r\n" + Head.NO_CHUNK),

	CARRIAGE_RETURN_WITHIN_HEADER(Head.POST + "X: a\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n"),

	LINE_FEEDS_ALONE("GET /api/v1/topics HTTP/1.1\nHost: a\n\n"),

	ONE_LINE_FEED_ALONE(Head.GET + "Host: a\nX: b\r\n\r\n"),

	SPACE_BEFORE_COLON(Head.GET + "Host : a\r\n\r\n"),

	SPACE_BEFORE_FIRST_HEADER(Head.GET + " Host: a\r\n\r\n"),

	VALUE_WITH_NUL(Head.GET + "Host: a\r\nX: a\0b\r\n\r\n"),

	NAME_WITH_NUL(Head.GET + "Host: a\r\nX\0: a\r\n\r\n"),

	PATH_WITH_NUL("GET /api/v1/topics\0 HTTP/1.1\r\nHost: a\r\n\r\n"),

	LINE_WITHOUT_COLON(Head.GET + "Host: a\r\nfoo\r\n\r\n"),

	HEADER_WITHOUT_NAME(Head.GET + "Host: a\r\n: x\r\n\r\n"),

	TWO_HOSTS(Head.GET + "Host: a\r\nHost: b\r\n\r\n"),

	OVERSIZED_CHUNK(Head.CHUNKED + "fffffffffffffffff\r\n{}\r\n0\r\n\r\n"),

	CHUNK_SIZE_BEYOND_32_BITS(Head.CHUNKED + "100000002\r\n{}\r\n0\r\n\r\n"),

	NEGATIVE_CHUNK(Head.CHUNKED + "-2\r\n{}\r\n0\r\n\r\n"),

	CHUNK_SIZE_WITH_PREFIX(Head.CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n"),

	CHUNK_SIZE_WITH_PLUS(Head.CHUNKED + "+2\r\n{}\r\n0\r\n\r\n"),

	CHUNK_WITHOUT_SIZE(Head.CHUNKED + "\r\n{}\r\n0\r\n\r\n"),

	CHUNK_LONGER_THAN_ITS_SIZE(Head.CHUNKED + "2\r\n{}XX\r\n0\r\n\r\n"),

	CHUNKS_WITH_LINE_FEEDS_ALONE(Head.CHUNKED + "2\n{}\n0\n\n"),

	EXTENSION_WITH_LINE_FEED_ALONE(Head.CHUNKED + "2;\n{}\r\n0\r\n\r\n");

	private final String text;

	AmbiguousRequest(String text) {
		this.text = text;
	}

	/** Return it, and the request behind it. */
	String bytes() {
		return this.text + Head.NEXT;
	}

	/** The beginnings of requests, and what is behind them. */
	private static final class Head {

		static final String GET = "GET /api/v1/topics HTTP/1.1\r\n";

		static final String POST = """
				POST /api/v1/tokens HTTP/1.1\r
				Host: a\r
				Content-Type: application/json\r
				""";

		static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

		static final String NO_CHUNK = "0\r\n\r\n";

		static final String NEXT = "GET /api/v1 HTTP/1.1\r\nHost: a\r\n\r\n";

	}

}
