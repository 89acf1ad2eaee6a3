/**
 * How meters are declared, so that their documentation is generated from the code.
 */
@NullMarked
package lectern.streaming.meter;

import org.jspecify.annotations.NullMarked;
