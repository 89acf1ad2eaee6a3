package lectern.acceptance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** One simple name has one meaning in the whole repository. */
final class UniqueNames extends ArchCondition<JavaClass> {

	private Map<String, List<String>> types = Map.of();

	private UniqueNames() {
		super("have a simple name that no other type has");
	}

	static ArchCondition<JavaClass> beUnique() {
		return new UniqueNames();
	}

	@Override
	public void init(Collection<JavaClass> all) {
		this.types = all.stream()
			.collect(Collectors.groupingBy(JavaClass::getSimpleName,
					Collectors.mapping(JavaClass::getName, Collectors.toList())));
	}

	@Override
	public void check(JavaClass type, ConditionEvents events) {
		List<String> same = this.types.getOrDefault(type.getSimpleName(), List.of());
		events.add(new SimpleConditionEvent(type, same.size() == 1, "One name, several types: " + same));
	}

}
