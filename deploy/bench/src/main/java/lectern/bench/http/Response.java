package lectern.bench.http;

/** Takes a response as it is parsed. */
public interface Response {

	/** Take the head, once. */
	void head(ResponseHead head);

	/** Take a piece of the body, which must not be kept beyond the call. */
	void body(byte[] bytes, int from, int to);

}
