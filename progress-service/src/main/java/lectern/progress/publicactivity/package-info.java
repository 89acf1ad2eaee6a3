/**
 * Public activity: how many readers a book has by the minute, without any data about a
 * single reader.
 */
@NullMarked
package lectern.progress.publicactivity;

import org.jspecify.annotations.NullMarked;
