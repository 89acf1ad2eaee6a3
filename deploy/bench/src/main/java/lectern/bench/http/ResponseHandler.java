package lectern.bench.http;

/** Is called with the parts of a response as they are parsed. */
public interface ResponseHandler {

	/** Handle the head; called once. */
	void onHead(ResponseHead head);

	/** Handle a part of the body; the bytes are valid during the call only. */
	void onBody(byte[] bytes, int from, int to);

}
