@NullMarked
package lectern.progress.backup;

import org.jspecify.annotations.NullMarked;
