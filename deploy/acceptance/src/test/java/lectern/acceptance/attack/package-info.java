/** What attackers send to the gateway, each kind of it in a test. */
package lectern.acceptance.attack;
