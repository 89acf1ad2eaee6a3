package lectern.gateway.relay;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpRequest;
import lectern.gateway.upstream.RepeatableContent;
import org.jspecify.annotations.Nullable;

/**
 * A request as a service gets it.
 *
 * @param head the head, or the whole request if there is no content
 * @param content the content; null if there is none
 * @param safe whether it may be processed twice
 * @param timeoutNanos how long the response may take to begin, with all attempts
 */
record RelayedRequest(HttpRequest head, @Nullable RepeatableContent<ByteBuf> content, boolean safe, long timeoutNanos) {

	/** Return whether it can be sent again, if the service has not responded. */
	boolean isRepeatable(boolean sent) {
		return this.safe ? this.content == null || this.content.isRepeatable() : !sent;
	}

}
