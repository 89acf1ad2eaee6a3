package lectern.web.openapi;

import tools.jackson.databind.node.ObjectNode;

/** Adds one concern to the operations of the document. */
@FunctionalInterface
interface OperationCustomizer {

	/**
	 * Add what the concern means for an operation.
	 * @param operation the operation object, which is changed
	 */
	void customize(DescribedOperation described, ObjectNode operation);

}
