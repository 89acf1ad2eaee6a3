package lectern.progress.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The request body of a join. It has no members of its own, but a document that was read
 * can be sent back: its members are accepted and ignored.
 */
@JsonIgnoreProperties({ "id", "title", "status", "joinedAt", "gates", "version" })
record JoinPathRequest() {

}
