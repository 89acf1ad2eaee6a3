package lectern.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LineSplitterTests {

	private static final DefaultDataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 7, 1000 })
	void linesDoNotDependOnBufferBoundaries(int size) {
		List<RawLine> lines = lines(bytes("\uFEFF# Bücher\r\n\r\n* 日本語 😀\n\n* last"), size);

		assertThat(lines).containsExactly(new RawLine(1, "\uFEFF# Bücher", null), new RawLine(2, "", null),
				new RawLine(3, "* 日本語 😀", null), new RawLine(4, "", null), new RawLine(5, "* last", null));
	}

	@Test
	void trailingLineEndAddsNoLine() {
		assertThat(lines(bytes("one\n"), 2)).hasSize(1);
		assertThat(lines(bytes(""), 1)).isEmpty();
	}

	@Test
	void nonUtf8LineIsUnreadableAndOthersAreNot() {
		byte[] bytes = bytes("* good\n* Bxcher\n* good too\n* cut x");
		bytes[10] = (byte) 0xFC;
		bytes[bytes.length - 1] = (byte) 0xE3;

		List<RawLine> lines = lines(bytes, 4);

		assertThat(lines).extracting(RawLine::fault)
			.containsExactly(null, "The line contains bytes that are not UTF-8.", null,
					"The line contains bytes that are not UTF-8.");
		assertThat(lines.get(1).text()).isEqualTo("* B\uFFFDcher");
	}

	@Test
	void overlongLineIsTruncated() {
		byte[] bytes = new byte[10 << 20];
		Arrays.fill(bytes, (byte) 'a');
		bytes[10] = '\n';
		bytes[bytes.length - 3] = '\n';

		List<RawLine> lines = lines(bytes, 8192);

		assertThat(lines).extracting(RawLine::fault).containsExactly(null, "The line is longer than 1 MiB.", null);
		assertThat(lines.get(1).text()).isEqualTo("a".repeat(800));
		assertThat(lines.get(2)).isEqualTo(new RawLine(3, "aa", null));
	}

	@Test
	void acceptsLineOfOneMebibyte() {
		byte[] bytes = new byte[LineSplitter.MAX_LINE_BYTES];
		Arrays.fill(bytes, (byte) 'a');

		assertThat(lines(bytes, 8192)).extracting(RawLine::fault).containsOnlyNulls();
		assertThat(lines(Arrays.copyOf(bytes, bytes.length + 1), 8192)).extracting(RawLine::fault).doesNotContainNull();
	}

	@Test
	void releasesBuffers() {
		ByteBuf pooled = Unpooled.buffer().writeBytes(bytes("one\ntwo"));

		new LineSplitter().lines(new NettyDataBufferFactory(pooled.alloc()).wrap(pooled));

		assertThat(pooled.refCnt()).isZero();
	}

	private static List<RawLine> lines(byte[] bytes, int size) {
		LineSplitter splitter = new LineSplitter();
		List<RawLine> lines = new ArrayList<>();
		for (int start = 0; start < bytes.length; start += size) {
			lines.addAll(splitter
				.lines(BUFFERS.wrap(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + size)))));
		}
		lines.addAll(splitter.lastLine());
		return lines;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
