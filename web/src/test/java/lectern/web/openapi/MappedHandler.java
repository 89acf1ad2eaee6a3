package lectern.web.openapi;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * A method of a controller, with the requests that it handles.
 *
 * @param call the HTTP method and the path, such as {@code GET /api/v1/books/{book}}
 * @param consumes the media types of the request content; empty if it takes none
 * @param produces the media types of the response content
 */
public record MappedHandler(String call, Method method, List<String> consumes, List<String> produces) {

	/**
	 * Find the handlers of the public API in the main code of a service, by their call. A
	 * HEAD that accompanies a GET is left out, as the document leaves it out.
	 */
	public static Map<String, List<MappedHandler>> scan(String basePackage) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
		ControllerReader controllers = new ControllerReader();
		return byCall(scanner.findCandidateComponents(basePackage)
			.stream()
			.filter((component) -> !((AnnotatedBeanDefinition) component).getMetadata().isInterface())
			.map((component) -> ClassUtils.resolveClassName(String.valueOf(component.getBeanClassName()), null))
			.filter((type) -> !type.getProtectionDomain()
				.getCodeSource()
				.getLocation()
				.getPath()
				.contains("test-classes"))
			.flatMap(controllers::read)
			.toList());
	}

	/** Find the handlers of the public API of a running service, by their call. */
	public static Map<String, List<MappedHandler>> running(RequestMappingHandlerMapping mapping) {
		return byCall(mapping.getHandlerMethods()
			.entrySet()
			.stream()
			.flatMap((entry) -> of(entry.getKey(), entry.getValue().getMethod()))
			.toList());
	}

	private static Map<String, List<MappedHandler>> byCall(Collection<MappedHandler> handlers) {
		Map<String, List<MappedHandler>> byCall = new TreeMap<>();
		handlers.stream()
			.filter(MappedHandler::isPublic)
			// The order of methods in a class is not defined.
			.sorted(Comparator.comparing((handler) -> handler.method.toString()))
			.forEach((handler) -> byCall.computeIfAbsent(handler.call, (_) -> new ArrayList<>()).add(handler));
		byCall.keySet().removeIf((call) -> call.startsWith("HEAD ") && byCall.containsKey("GET " + call.substring(5)));
		return byCall;
	}

	private static Stream<MappedHandler> of(RequestMappingInfo info, Method method) {
		List<String> consumes = info.getConsumesCondition()
			.getConsumableMediaTypes()
			.stream()
			.map(Object::toString)
			.toList();
		List<String> produces = info.getProducesCondition()
			.getProducibleMediaTypes()
			.stream()
			.map(Object::toString)
			.toList();
		return info.getPatternsCondition()
			.getPatterns()
			.stream()
			.flatMap((pattern) -> info.getMethodsCondition()
				.getMethods()
				.stream()
				.map(RequestMethod::name)
				.map((verb) -> new MappedHandler(verb + " " + pattern.getPatternString(), method, consumes, produces)));
	}

	private boolean isPublic() {
		String path = path();
		return path.equals("/api/v1") || path.startsWith("/api/v1/") || path.startsWith("/.well-known/");
	}

	/** The HTTP method in lower case, as the document has it. */
	String verb() {
		return this.call.substring(0, this.call.indexOf(' ')).toLowerCase(Locale.ROOT);
	}

	String path() {
		return this.call.substring(this.call.indexOf(' ') + 1);
	}

	/** Reads the annotations of controllers as a running service does. */
	private static final class ControllerReader extends RequestMappingHandlerMapping {

		Stream<MappedHandler> read(Class<?> controller) {
			return Stream.of(controller.getDeclaredMethods()).flatMap((method) -> {
				RequestMappingInfo info = getMappingForMethod(method, controller);
				return (info != null) ? of(info, method) : Stream.empty();
			});
		}

	}

}
