package lectern.launcher;

import java.nio.file.Path;
import java.util.List;

/** Tells the JVM of a service to use, or to write, an AOT cache. */
@FunctionalInterface
interface AotOptions {

	/**
	 * Return options of the JVM.
	 * @param service the name of the service
	 * @param jar its jar
	 */
	List<String> of(String service, Path jar);

}
