package lectern.catalog.importing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Ignores the members that a line has besides the content of its document: those of the
 * header, and those that the catalog adds to a response.
 */
@JsonIgnoreProperties({ "type", "id", "version", "createdAt", "changedAt" })
interface DocumentHeaderMixIn {

}
