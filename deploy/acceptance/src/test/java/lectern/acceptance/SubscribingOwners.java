package lectern.acceptance;

import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Requires that every class of a list exists and subscribes, itself or in a nested class.
 */
final class SubscribingOwners extends ArchCondition<JavaClass> {

	private final Set<String> owners;

	private final Set<String> missing = new TreeSet<>();

	SubscribingOwners(Set<String> owners) {
		super("subscribe");
		this.owners = owners;
		this.missing.addAll(owners);
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		boolean subscribes = type.getAccessesFromSelf()
			.stream()
			.anyMatch((JavaAccess<?> access) -> CallPredicates.thatSubscribe().test(access));
		if (subscribes) {
			this.missing.removeIf((owner) -> type.getName().equals(owner) || type.getName().startsWith(owner + "$"));
		}
	}

	@Override
	public void finish(ConditionEvents events) {
		this.missing.forEach((owner) -> events
			.add(SimpleConditionEvent.violated(owner, owner + " does not subscribe: take it off the list")));
		this.missing.addAll(this.owners);
	}

}
