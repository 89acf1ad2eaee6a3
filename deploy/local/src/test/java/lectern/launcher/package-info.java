@NullMarked
package lectern.launcher;

import org.jspecify.annotations.NullMarked;
