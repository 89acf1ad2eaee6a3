/**
 * Requests that are generated from the OpenAPI document, and the rules that every answer
 * keeps.
 */
package lectern.acceptance.fuzz;
