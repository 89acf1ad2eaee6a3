package lectern.catalog.change;

import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What a write led to.
 *
 * @param document as it stands now
 * @param version of the document
 * @param cursor of the change, or of the log where there was nothing to change
 * @param created whether there was none before
 */
public record WriteResult<T>(T document, long version, Cursor cursor, boolean created) {

	/**
	 * The answer: 201 with the address of what is new, else 200.
	 * @param address the path of the resource
	 */
	public ResponseEntity<T> toResponse(String address) {
		ResponseEntity.BodyBuilder answer = this.created
				? ResponseEntity.created(UriComponentsBuilder.fromPath(address).build().toUri())
				: ResponseEntity.status(HttpStatus.OK);
		return answer.eTag(new EntityTag(this.version).toString())
			.header(Cursor.HEADER, this.cursor.toString())
			.body(this.document);
	}

}
