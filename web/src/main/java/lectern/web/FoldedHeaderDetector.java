package lectern.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Finds header lines that continue on the next line, before they are decoded: the decoder
 * joins them without a trace. Of pipelined requests only the first one in a buffer is
 * checked, because its end is not known here.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-5.2">RFC 9112, Obsolete
 * Line Folding</a>
 */
final class FoldedHeaderDetector extends ChannelInboundHandlerAdapter {

	static final String NAME = "lectern.folded-headers";

	private boolean inHead = true;

	private boolean atLineStart;

	private boolean foundFold;

	/** The next bytes are the head of a request. */
	void expectHead() {
		this.inHead = true;
		this.atLineStart = false;
	}

	/** Whether the head of the request had such a line. */
	boolean hasFoundFold() {
		return this.foundFold;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.inHead && message instanceof ByteBuf bytes) {
			scan(bytes);
		}
		context.fireChannelRead(message);
	}

	private void scan(ByteBuf bytes) {
		int index = bytes.readerIndex();
		int end = bytes.writerIndex();
		while (index < end) {
			if (this.atLineStart) {
				byte first = bytes.getByte(index);
				if (first == '\r' || first == '\n') {
					this.inHead = false;
					return;
				}
				this.foundFold |= first == ' ' || first == '\t';
				this.atLineStart = false;
			}
			int lineEnd = bytes.indexOf(index, end, (byte) '\n');
			if (lineEnd < 0) {
				return;
			}
			this.atLineStart = true;
			index = lineEnd + 1;
		}
	}

}
