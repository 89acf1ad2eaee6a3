package lectern.web.openapi;

/** Who writes the content that a schema describes. */
enum ChangeDirection {

	/** Clients write it: whatever was accepted must still be accepted. */
	REQUEST,

	/** The service writes it: whatever was promised must still be promised. */
	RESPONSE

}
