package lectern.web.openapi;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may call an operation: nobody signs in for public ones. */
final class SecurityCustomizer implements OperationCustomizer {

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		ArrayNode security = operation.putArray("security");
		if (described.isPublic()) {
			return;
		}
		security.addObject().putArray("token");
		if (!described.is("without-key")) {
			security.addObject().putArray("key");
		}
		security.addObject().putArray("cookie");
		if (described.is("token-optional")) {
			security.addObject();
		}
	}

}
