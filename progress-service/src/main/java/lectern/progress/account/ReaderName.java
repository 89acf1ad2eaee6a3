package lectern.progress.account;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Requires a display name: 1 to 100 characters on one line, of which one can be seen at
 * least, and which are shown in the order in which they are written. Null is valid.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ReaderName.ReaderNameValidator.class)
@interface ReaderName {

	/** The greatest number of characters, as code points. */
	int MAX_LENGTH = 100;

	/** Says what a name must be. */
	String MESSAGE = "must be text of 1 to " + MAX_LENGTH + " visible characters on one line";

	String message() default MESSAGE;

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Validates the name. */
	class ReaderNameValidator implements ConstraintValidator<ReaderName, String> {

		/** The letters and the symbol that are left out are blank in all fonts. */
		private static final Pattern VISIBLE = Pattern
			.compile("[\\p{L}\\p{N}\\p{P}\\p{S}&&[^\\u115F\\u1160\\u2800\\u3164\\uFFA0]]");

		/**
		 * Control characters, unpaired surrogates, line breaks, and the controls of text
		 * direction that would also turn the text after the name around.
		 */
		private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E]");

		@Override
		public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
			return name == null || isValid(name);
		}

		static boolean isValid(String name) {
			return name.codePointCount(0, name.length()) <= MAX_LENGTH && VISIBLE.matcher(name).find()
					&& !FORBIDDEN.matcher(name).find();
		}

	}

}
