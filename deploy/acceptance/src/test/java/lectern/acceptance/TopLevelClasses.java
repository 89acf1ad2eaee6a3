package lectern.acceptance;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Slices the classes of a package by top-level class, together with its nested classes.
 */
final class TopLevelClasses implements SliceAssignment {

	private final String parent;

	TopLevelClasses(String parent) {
		this.parent = parent;
	}

	@Override
	public SliceIdentifier getIdentifierOf(JavaClass type) {
		return type.getPackageName().startsWith(this.parent + ".")
				? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", "")) : SliceIdentifier.ignore();
	}

	@Override
	public String getDescription() {
		return "top-level classes of " + this.parent;
	}

}
