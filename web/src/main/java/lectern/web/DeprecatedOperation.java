package lectern.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an operation of the API that will be removed. Each of its responses says since
 * when it is deprecated, when it will stop working and where to read what to do instead.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9745">RFC 9745, Deprecation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8594">RFC 8594, Sunset</a>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface DeprecatedOperation {

	/** The day from which the operation is deprecated, such as {@code 2026-01-31}. */
	String since();

	/** The day on which the operation is removed, not before {@link #since()}. */
	String removal();

	/** The address of the page that says what to use instead. */
	String guide();

}
