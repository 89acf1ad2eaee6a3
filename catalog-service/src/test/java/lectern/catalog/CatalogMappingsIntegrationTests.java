package lectern.catalog;

import lectern.web.openapi.MappedHandler;
import lectern.web.openapi.ServiceApi;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogMappingsIntegrationTests {

	@Test
	void openApiDocumentHasTheMappingsOfTheRunningService() {
		RequestMappingHandlerMapping mapping = RunningCatalog.seeded().bean(RequestMappingHandlerMapping.class);
		assertThat(MappedHandler.running(mapping).keySet())
			.isEqualTo(new ServiceApi("lectern.catalog", "catalog").documentedCalls());
	}

}
