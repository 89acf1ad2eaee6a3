/**
 * What reading a book is: commands are decided on what has happened, events change it.
 * Pure and of the JDK alone.
 */
@NullMarked
package lectern.progress.model;

import org.jspecify.annotations.NullMarked;
