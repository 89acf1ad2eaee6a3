/**
 * A small model of what the API promises, and clients that compare it with the answers.
 */
package lectern.acceptance.contract;
