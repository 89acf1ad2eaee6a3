package lectern.bench.http;

/** Takes a response as it is parsed. */
public interface ResponseHandler {

	/** Take the head, once. */
	void onHead(ResponseHead head);

	/** Take a piece of the body, which must not be kept beyond the call. */
	void onBody(byte[] bytes, int from, int to);

}
