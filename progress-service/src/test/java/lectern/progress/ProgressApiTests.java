package lectern.progress;

import lectern.web.openapi.ServiceApi;
import org.junit.jupiter.api.Test;

class ProgressApiTests {

	@Test
	void openApiDocumentDescribesProgress() {
		new ServiceApi("lectern.progress", "progress").assertDocumented();
	}

}
