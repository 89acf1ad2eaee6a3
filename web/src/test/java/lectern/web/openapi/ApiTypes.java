package lectern.web.openapi;

import org.springframework.util.ClassUtils;

/**
 * Finds the types that a description names, such as {@code book.Book}.
 *
 * @param basePackage the package that the names are relative to
 */
record ApiTypes(String basePackage) {

	Class<?> find(String name) {
		return ClassUtils.resolveClassName(this.basePackage + "." + name, null);
	}

}
