package sample;

import java.util.List;

import org.jspecify.annotations.Nullable;

class NullableTypeArgument {

	List<String> names(List<@Nullable String> names) {
		return names;
	}

}
