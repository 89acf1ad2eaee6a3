package lectern.bench.http;

/**
 * An HTTP response with a text body.
 *
 * @param head the head
 * @param body the body, decoded as UTF-8
 */
public record TextResponse(ResponseHead head, String body) {

	/**
	 * Return this response if its status is 2xx.
	 * @throws IllegalStateException if it is not
	 */
	public TextResponse requireSuccess() {
		if (this.head.status() / 100 != 2) {
			throw new IllegalStateException("Response with status " + this.head.status() + ": " + this.body);
		}
		return this;
	}

}
