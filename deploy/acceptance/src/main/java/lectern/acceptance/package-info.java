/** The whole of Lectern as its users meet it, and the shape that its code must keep. */
@NullUnmarked
package lectern.acceptance;

import org.jspecify.annotations.NullUnmarked;
