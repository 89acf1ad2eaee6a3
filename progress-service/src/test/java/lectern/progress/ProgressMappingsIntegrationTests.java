package lectern.progress;

import lectern.web.openapi.MappedHandler;
import lectern.web.openapi.ServiceApi;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressMappingsIntegrationTests {

	@Test
	void openApiDocumentHasTheMappingsOfTheRunningService() {
		RequestMappingHandlerMapping mapping = TestProgress.shared().bean(RequestMappingHandlerMapping.class);
		assertThat(MappedHandler.running(mapping).keySet())
			.isEqualTo(new ServiceApi("lectern.progress", "progress").documentedCalls());
	}

}
