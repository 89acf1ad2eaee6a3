package lectern.catalog.book;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * Requires that a document fits into an event of the change stream. The violation is
 * reported at the largest member of the document.
 */
@Documented
@Constraint(validatedBy = StreamSizedValidator.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface StreamSized {

	/**
	 * The largest size of a document as JSON in the stream, in bytes. With the other
	 * members of its event, which take less than 1 KB, it stays under 256 KB, the default
	 * limit of some clients (Spring's {@code WebClient}); a larger event ends their
	 * stream for good.
	 */
	int MAX_BYTES = 250_000;

	String message() default "is too large";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

}
