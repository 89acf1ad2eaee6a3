/**
 * The canary: an event that this service appends every few seconds and receives through
 * the gateway, so that an operator sees whether events reach readers, and how fast.
 */
@NullMarked
package lectern.progress.canary;

import org.jspecify.annotations.NullMarked;
