@NullMarked
package lectern.launcher.demo;

import org.jspecify.annotations.NullMarked;
