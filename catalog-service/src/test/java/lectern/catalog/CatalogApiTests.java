package lectern.catalog;

import lectern.web.openapi.ServiceApi;
import org.junit.jupiter.api.Test;

class CatalogApiTests {

	@Test
	void openApiDocumentDescribesCatalog() {
		new ServiceApi("lectern.catalog", "catalog").assertDocumented();
	}

}
