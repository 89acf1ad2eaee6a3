package lectern.acceptance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * An operation of the API, as the annotations of a controller declare it.
 *
 * @param service the service with the controller
 * @param path the pattern of the path
 */
record DeclaredRoute(String service, HttpMethod method, String path) {

	private static final String MAPPING = "Mapping";

	private static final String UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

	/** Find all operations in the class files, so that none can be forgotten. */
	static List<DeclaredRoute> all() {
		return Modules.SERVICES.stream()
			.flatMap((service) -> new ClassFileImporter()
				.importPath(Modules.ROOT.resolve(service).resolve("target/classes"))
				.stream()
				.flatMap((type) -> routes(service, type)))
			.filter((route) -> route.method != HttpMethod.HEAD)
			.distinct()
			.sorted(Comparator.comparing(DeclaredRoute::path).thenComparing((route) -> route.method.name()))
			.toList();
	}

	private static Stream<DeclaredRoute> routes(String service, JavaClass type) {
		List<String> prefixes = type.tryGetAnnotationOfType(RequestMapping.class.getName())
			.map(DeclaredRoute::paths)
			.orElse(List.of(""));
		return type.getMethods()
			.stream()
			.flatMap((method) -> mappings(method))
			.flatMap((mapping) -> methods(mapping).flatMap((method) -> paths(mapping).stream()
				.flatMap((path) -> prefixes.stream()
					.map((prefix) -> new DeclaredRoute(service, method, prefix + path)))));
	}

	private static Stream<JavaAnnotation<?>> mappings(JavaMethod method) {
		return method.getAnnotations()
			.stream()
			.<JavaAnnotation<?>>map((annotation) -> annotation)
			.filter((annotation) -> annotation.getRawType()
				.getPackageName()
				.equals(RequestMapping.class.getPackageName())
					&& annotation.getRawType().getSimpleName().endsWith(MAPPING));
	}

	private static Stream<HttpMethod> methods(JavaAnnotation<?> mapping) {
		String name = mapping.getRawType().getSimpleName();
		if (!name.equals(RequestMapping.class.getSimpleName())) {
			String method = name.substring(0, name.length() - MAPPING.length());
			return Stream.of(HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)));
		}
		return Arrays.stream((JavaEnumConstant[]) mapping.get("method").orElseThrow())
			.map((method) -> HttpMethod.valueOf(method.name()));
	}

	/** The attribute {@code value} is another name of {@code path}. */
	private static List<String> paths(JavaAnnotation<?> mapping) {
		List<String> paths = Stream.of("path", "value")
			.flatMap((attribute) -> mapping.get(attribute).stream())
			.flatMap((values) -> Arrays.stream((Object[]) values))
			.map(Objects::toString)
			.toList();
		return paths.isEmpty() ? List.of("") : paths;
	}

	/** Return a path for a reader; all other ids are those of nothing. */
	String pathFor(String reader) {
		return this.path.replace("{reader}", reader).replaceAll("\\{\\w+}", UNKNOWN_ID);
	}

	boolean isChange() {
		return this.method != HttpMethod.GET;
	}

}
