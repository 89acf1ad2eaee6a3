package lectern.web.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Path variables and query parameters; lists have those of paging. */
record ParameterCustomizer(ApiComponents components) implements OperationCustomizer {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		ArrayNode parameters = operation.withArray("/parameters");
		Matcher variables = VARIABLE.matcher(described.path());
		while (variables.find()) {
			parameters.add(this.components.described("parameters", pathParameter(described, variables.group(1))));
		}
		List<String> names = new ArrayList<>(described.texts("query"));
		if (described.is("paging")) {
			names.addAll(List.of("limit", "page"));
		}
		names.forEach((name) -> parameters.add(this.components.described("parameters", name)));
	}

	/**
	 * In the catalog, the variables mean documents; below a reader, what is the reader's.
	 */
	private static String pathParameter(DescribedOperation described, String variable) {
		String given = described.description().path("path-parameters").path(variable).asString("");
		return given.isEmpty() ? variable + "InPath" : given;
	}

}
