package lectern.progress.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What is sent to join a path: nothing that matters. A document that was read can be
 * written back: what stands in it is passed over.
 */
@JsonIgnoreProperties({ "id", "title", "status", "joinedAt", "gates", "version" })
record JoinPathRequest() {

}
