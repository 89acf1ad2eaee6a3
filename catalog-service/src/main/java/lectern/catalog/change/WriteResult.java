package lectern.catalog.change;

import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The result of a write.
 *
 * @param document the document after the write
 * @param version of the document
 * @param cursor of the change, or of the end of the log if nothing changed
 * @param created whether the document is new
 */
public record WriteResult<T>(T document, long version, Cursor cursor, boolean created) {

	/**
	 * The response: 201 with a Location for a new document, otherwise 200.
	 * @param path of the resource
	 */
	public ResponseEntity<T> toResponse(String path) {
		ResponseEntity.BodyBuilder response = this.created
				? ResponseEntity.created(UriComponentsBuilder.fromPath(path).build().toUri())
				: ResponseEntity.status(HttpStatus.OK);
		return response.eTag(new EntityTag(this.version).toString())
			.header(Cursor.HEADER, this.cursor.toString())
			.body(this.document);
	}

}
