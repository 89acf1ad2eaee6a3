package lectern.gateway;

import lectern.web.openapi.ServiceApi;
import org.junit.jupiter.api.Test;

class GatewayApiTests {

	@Test
	void openApiDocumentDescribesGateway() {
		new ServiceApi("lectern.gateway", "gateway").assertDocumented();
	}

}
