package lectern.catalog.importing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a line has besides the content of its document: what was read already, and what
 * the catalog itself adds to an answer.
 */
@JsonIgnoreProperties({ "type", "id", "version", "createdAt", "changedAt" })
interface DocumentHeaderMixIn {

}
