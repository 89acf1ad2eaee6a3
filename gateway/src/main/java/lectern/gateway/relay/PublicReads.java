package lectern.gateway.relay;

import java.util.List;

/**
 * What the access rules let everybody read without a token.
 *
 * @param paths the patterns of the paths
 */
public record PublicReads(List<String> paths) {

}
