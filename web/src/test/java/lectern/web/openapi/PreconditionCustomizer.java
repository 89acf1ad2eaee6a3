package lectern.web.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers If-Match and If-None-Match: {@code required} for what exists,
 * {@code create} where a PUT may also create, {@code optional} elsewhere. A read with an
 * entity tag takes If-None-Match.
 */
record PreconditionCustomizer(ApiComponents components) implements OperationCustomizer {

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		ArrayNode parameters = operation.withArray("/parameters");
		switch (described.text("precondition")) {
			case "required" -> add(parameters, "IfMatchRequired");
			case "create" -> {
				add(parameters, "IfMatch");
				add(parameters, "IfNoneMatchAny");
			}
			case "optional" -> add(parameters, "IfMatchOptional");
			default -> {
				if (described.answers().has("304")) {
					add(parameters, "IfNoneMatch");
				}
			}
		}
	}

	private void add(ArrayNode parameters, String name) {
		parameters.add(this.components.described("parameters", name));
	}

}
