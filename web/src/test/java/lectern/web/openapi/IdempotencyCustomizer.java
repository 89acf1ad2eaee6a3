package lectern.web.openapi;

import tools.jackson.databind.node.ObjectNode;

/** The headers Idempotency-Key and, in the answers to a repeat, Idempotency-Replayed. */
record IdempotencyCustomizer(ApiComponents components) implements OperationCustomizer {

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		if (described.is("idempotent")) {
			operation.withArray("/parameters").add(this.components.described("parameters", "IdempotencyKey"));
			operation.get("responses")
				.properties()
				.stream()
				.filter((response) -> response.getKey().startsWith("2"))
				.forEach((response) -> ((ObjectNode) response.getValue()).withObject("/headers")
					.set("Idempotency-Replayed", this.components.described("headers", "Idempotency-Replayed")));
		}
	}

}
