package lectern.web.tracing;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

class TracingImportFilterTests {

	private final String[] known = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
		.getCandidates()
		.toArray(String[]::new);

	@Test
	void nothingAboutTracesIsConfiguredWithoutEndpoint() {
		boolean[] matches = filter("").match(this.known, mock(AutoConfigurationMetadata.class));
		int left = 0;
		for (int i = 0; i < this.known.length; i++) {
			assertThat(matches[i]).as(this.known[i])
				.isEqualTo(!this.known[i].matches("(?i).*(tracing|opentelemetry|r2dbc.*(proxy|observation)).*"));
			left += matches[i] ? 0 : 1;
		}
		assertThat(left).isGreaterThan(5);
	}

	@Test
	void everythingIsConfiguredWithEndpoint() {
		assertThat(filter("http://127.0.0.1:4318/v1/traces").match(this.known, mock(AutoConfigurationMetadata.class)))
			.hasSameSizeAs(this.known)
			.containsOnly(true);
	}

	private static TracingImportFilter filter(String endpoint) {
		TracingImportFilter filter = new TracingImportFilter();
		filter.setEnvironment(new MockEnvironment().withProperty(TracingImportFilter.ENDPOINT, endpoint));
		return filter;
	}

}
