package lectern.progress.eventlog;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The payload of an event whose type this release does not know, because a later release
 * has stored it. Views pass over it, and streams show it as it is.
 *
 * @param json the stored JSON; also the JSON of this record
 */
public record UnknownEvent(@JsonValue @JsonRawValue String json) {

}
