/** The services and their surroundings in a compose file. */
package lectern.acceptance.compose;
