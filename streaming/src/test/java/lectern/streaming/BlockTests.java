package lectern.streaming;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BlockTests {

	private final Block.Reader reader = new Block.Reader(100);

	@Test
	void aBlockIsReadByItsFields() {
		assertThat(read("id:abc-1\ndata:{}\n\n")).singleElement().satisfies((block) -> {
			assertThat(block.isEvent()).isTrue();
			assertThat(block.id()).isEqualTo("abc-1");
			assertThat(block.event()).isNull();
			assertThat(block.data()).asString().isEqualTo("{}");
		});
		assertThat(read("retry:2000\n:lectern\nid: abc-1\n\n")).singleElement().satisfies((block) -> {
			assertThat(block.isEvent()).isFalse();
			assertThat(block.id()).isEqualTo("abc-1");
			assertThat(block.data()).isNull();
		});
		assertThat(read("event: reset\nid:abc-2\ndata: {}\n\n")).singleElement().satisfies((block) -> {
			assertThat(block.isEvent()).isFalse();
			assertThat(block.event()).isEqualTo("reset");
			assertThat(block.bytes()).asString().isEqualTo("event: reset\nid:abc-2\ndata: {}\n\n");
		});
	}

	@Test
	void aBlockThatWasTornOffIsNone() {
		assertThat(read("id:abc-1\ndata:{\"type\":")).isEmpty();
		assertThat(new Block.Reader(100).read(bytes("id:abc-1\n"))).isEmpty();
	}

	@Test
	void aBlockMayComeInPiecesAndSeveralAtOnce() {
		assertThat(read("id:abc-1\nda")).isEmpty();
		assertThat(read("ta:1\n")).isEmpty();
		assertThat(read("\nid:abc-2\ndata:2\n\nid:abc-3\n")).extracting(Block::id).containsExactly("abc-1", "abc-2");
		assertThat(read("\n")).extracting(Block::id).containsExactly("abc-3");
	}

	@Test
	void aBlockThatIsTooLargeFails() {
		assertThat(read("data:" + "x".repeat(90))).isEmpty();
		assertThatIllegalStateException().isThrownBy(() -> read("x".repeat(10)));
	}

	private List<Block> read(String text) {
		return this.reader.read(bytes(text));
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
	}

}
