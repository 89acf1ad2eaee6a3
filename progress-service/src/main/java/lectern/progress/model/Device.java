package lectern.progress.model;

import org.jspecify.annotations.Nullable;

/**
 * What a reader reads on.
 *
 * @param id the device's own, the same in all its reports
 * @param name for people; null when the device gave none
 */
public record Device(String id, @Nullable String name) {

}
