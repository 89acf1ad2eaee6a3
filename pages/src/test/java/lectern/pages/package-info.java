@NullMarked
package lectern.pages;

import org.jspecify.annotations.NullMarked;
