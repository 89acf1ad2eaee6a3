/** Images of the services, and containers that are made of them. */
package lectern.acceptance.image;
