package lectern.web.setting;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/** Says what values of a type look like. */
final class SettingType {

	private static final Map<Class<?>, String> DESCRIPTIONS = Map.of(Integer.class, "a whole number", Long.class,
			"a whole number", Float.class, "a number", Double.class, "a number", Boolean.class, "true or false",
			Duration.class, "a time such as 500ms, 30s, 10m or 2h", URI.class, "a URL such as http://127.0.0.1:8082",
			Path.class, "a path", InetAddress.class, "an IP address such as 127.0.0.1");

	private SettingType() {
	}

	/** What a value must be, to be read after "it must be". */
	static String describe(ResolvableType type) {
		Class<?> element = ClassUtils.resolvePrimitiveIfNecessary(elementOf(type).resolve(Object.class));
		Object[] constants = element.getEnumConstants();
		if (constants != null) {
			return "one of " + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
		}
		if (element == DataSize.class) {
			return "a size such as 64KB or 16MB";
		}
		return DESCRIPTIONS.getOrDefault(element, "a value of another form");
	}

	private static ResolvableType elementOf(ResolvableType type) {
		return Collection.class.isAssignableFrom(type.resolve(Object.class)) ? type.asCollection().getGeneric(0) : type;
	}

}
