package lectern.catalog.importing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

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
	void linesAreTheSameWhereverBuffersAreCut(int size) {
		List<Line> lines = lines(bytes("\uFEFF# Bücher\r\n\r\n* 日本語 😀\n\n* last"), size);

		assertThat(lines).containsExactly(new Line(1, "\uFEFF# Bücher", null), new Line(2, "", null),
				new Line(3, "* 日本語 😀", null), new Line(4, "", null), new Line(5, "* last", null));
	}

	@Test
	void aBodyThatEndsInALineEndHasNoLineAfterIt() {
		assertThat(lines(bytes("one\n"), 2)).hasSize(1);
		assertThat(lines(bytes(""), 1)).isEmpty();
	}

	@Test
	void onlyTheLineThatIsNotUtf8IsBroken() {
		byte[] bytes = bytes("* good\n* Bxcher\n* good too\n* cut x");
		bytes[10] = (byte) 0xFC;
		bytes[bytes.length - 1] = (byte) 0xE3;

		List<Line> lines = lines(bytes, 4);

		assertThat(lines).extracting(Line::fault)
			.containsExactly(null, "It has bytes that are not UTF-8.", null, "It has bytes that are not UTF-8.");
		assertThat(lines.get(1).text()).isEqualTo("* B\uFFFDcher");
	}

	@Test
	void ofAnOverlongLineOnlyTheBeginningIsHeld() {
		byte[] long10 = new byte[10 << 20];
		Arrays.fill(long10, (byte) 'a');
		long10[10] = '\n';
		long10[long10.length - 3] = '\n';

		List<Line> lines = lines(long10, 8192);

		assertThat(lines).extracting(Line::fault).containsExactly(null, "It is longer than 1 MiB.", null);
		assertThat(lines.get(1).text()).isEqualTo("a".repeat(200));
		assertThat(lines.get(2)).isEqualTo(new Line(3, "aa", null));
	}

	@Test
	void aMebibyteIsNotTooLong() {
		byte[] bytes = new byte[LineSplitter.MAX_LINE];
		Arrays.fill(bytes, (byte) 'a');

		assertThat(lines(bytes, 8192)).extracting(Line::fault).containsOnlyNulls();
		assertThat(lines(Arrays.copyOf(bytes, bytes.length + 1), 8192)).extracting(Line::fault).doesNotContainNull();
	}

	@Test
	void buffersAreReleased() {
		ByteBuf pooled = Unpooled.buffer().writeBytes(bytes("one\ntwo"));

		new LineSplitter().lines(new NettyDataBufferFactory(pooled.alloc()).wrap(pooled));

		assertThat(pooled.refCnt()).isZero();
	}

	@Test
	void whatIsShownOfABrokenLineCanBeStored() {
		byte[] bytes = new byte[4000];
		for (int at = 0; at < bytes.length; at++) {
			bytes[at] = (byte) ((at % 256 == '\n') ? 0xFF : at);
		}

		Line line = lines(bytes, 1000).getFirst();

		assertThat(Objects.requireNonNull(line.fault())).isNotBlank();
		assertThat(line.text()).hasSizeLessThanOrEqualTo(200).doesNotContain("\0");
	}

	private static List<Line> lines(byte[] bytes, int size) {
		LineSplitter splitter = new LineSplitter();
		List<Line> lines = new ArrayList<>();
		for (int from = 0; from < bytes.length; from += size) {
			lines.addAll(
					splitter.lines(BUFFERS.wrap(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)))));
		}
		lines.addAll(splitter.rest());
		return lines;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
