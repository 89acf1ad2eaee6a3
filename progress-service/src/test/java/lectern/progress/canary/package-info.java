@NullMarked
package lectern.progress.canary;

import org.jspecify.annotations.NullMarked;
