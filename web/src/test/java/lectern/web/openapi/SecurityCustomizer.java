package lectern.web.openapi;

import java.util.Set;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Who may call an operation: nobody signs in for public ones. */
final class SecurityCustomizer implements OperationCustomizer {

	private static final Set<String> ROLES = Set.of("curator", "operator");

	@Override
	public void customize(DescribedOperation described, ObjectNode operation) {
		String access = described.text("access");
		if (ROLES.contains(access)) {
			operation.put("description", described.text("description") + " It requires the role `" + access + "`.");
		}
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
