package lectern.progress.model;

import org.jspecify.annotations.Nullable;

/**
 * A device on which a reader reads.
 *
 * @param id an id that the device chooses, the same in all its reports
 * @param name a display name; null if the device sent none
 */
public record Device(String id, @Nullable String name) {

}
