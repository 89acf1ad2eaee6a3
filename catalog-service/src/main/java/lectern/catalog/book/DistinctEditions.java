package lectern.catalog.book;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** Editions must be distinct: no two of them are equal or have the same ISBN. */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DistinctEditions.DistinctEditionsValidator.class)
@interface DistinctEditions {

	String message() default "repeats an earlier edition";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Reports each edition that repeats another. */
	class DistinctEditionsValidator implements ConstraintValidator<DistinctEditions, List<@Nullable Edition>> {

		@Override
		public boolean isValid(@Nullable List<@Nullable Edition> editions, ConstraintValidatorContext context) {
			if (editions == null) {
				return true;
			}
			context.disableDefaultConstraintViolation();
			Set<Object> known = new HashSet<>();
			boolean distinct = true;
			for (int at = 0; at < editions.size(); at++) {
				Edition edition = editions.get(at);
				if (edition != null && !known.add(identity(edition))) {
					context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
						.addBeanNode()
						.inIterable()
						.atIndex(at)
						.addConstraintViolation();
					distinct = false;
				}
			}
			return distinct;
		}

		private static Object identity(Edition edition) {
			return (edition.isbn() != null) ? edition.isbn().replaceAll("[ -]", "") : edition;
		}

	}

}
