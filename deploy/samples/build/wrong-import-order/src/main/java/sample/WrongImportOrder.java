package sample;

import org.jspecify.annotations.Nullable;
import java.util.List;

class WrongImportOrder {

	final List<@Nullable String> names = List.of();

}
