package lectern.progress.document;

import java.util.List;

import org.jspecify.annotations.Nullable;

import lectern.progress.model.Device;

/**
 * What became different in a reading; absent is what stayed the same.
 *
 * @param devices all of them, when one is new or renamed
 * @param version of the event that made the change
 */
public record ReadingChanges(@Nullable ShownPosition position, @Nullable ShownPosition furthest,
		@Nullable List<Device> devices, int version) {

}
