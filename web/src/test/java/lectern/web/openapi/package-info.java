/**
 * Writes and checks the OpenAPI document of the services. It is test code, so nothing of
 * it runs in production.
 */
package lectern.web.openapi;
