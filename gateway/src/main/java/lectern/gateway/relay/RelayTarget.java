package lectern.gateway.relay;

/**
 * Where a request is sent.
 *
 * @param route the route of its path
 * @param pattern the pattern of the route that the path matches
 */
record RelayTarget(RelayRoute route, String pattern) {

}
