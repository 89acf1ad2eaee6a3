/**
 * The archive that is installed on servers, its units of systemd, and how it is released.
 */
package lectern.acceptance.distribution;
