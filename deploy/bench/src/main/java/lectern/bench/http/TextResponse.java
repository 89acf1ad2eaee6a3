package lectern.bench.http;

/**
 * A whole response.
 *
 * @param head its head
 * @param body its body, as text
 */
public record TextResponse(ResponseHead head, String body) {

	/**
	 * Return this answer if all went well.
	 * @throws IllegalStateException if the status is not one of success
	 */
	public TextResponse requireSuccess() {
		if (this.head.status() / 100 != 2) {
			throw new IllegalStateException("Answered " + this.head.status() + ": " + this.body);
		}
		return this;
	}

}
