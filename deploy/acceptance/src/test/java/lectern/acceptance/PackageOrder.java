package lectern.acceptance;

import java.util.List;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Requires that the classes of a package are in one of its listed subpackages, and depend
 * only on their own subpackage and on those listed before it.
 */
final class PackageOrder extends ArchCondition<JavaClass> {

	private final String parent;

	private final List<String> order;

	PackageOrder(String parent, String... order) {
		super("depend only on the packages before their own in " + List.of(order));
		this.parent = parent + ".";
		this.order = List.of(order);
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		int own = index(type);
		if (own < 0) {
			events.add(SimpleConditionEvent.violated(type, type.getName() + " is in none of the packages"));
		}
		for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
			if (dependency.getTargetClass().getPackageName().startsWith(this.parent)
					&& index(dependency.getTargetClass()) > own) {
				events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
			}
		}
	}

	private int index(JavaClass type) {
		String name = type.getPackageName();
		return name.startsWith(this.parent) ? this.order.indexOf(name.substring(this.parent.length())) : -1;
	}

}
