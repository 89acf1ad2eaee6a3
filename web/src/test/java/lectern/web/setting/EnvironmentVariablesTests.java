package lectern.web.setting;

import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnvironmentVariablesTests {

	private final EnvironmentVariables variables = EnvironmentVariables.parse("""
			# a comment
			LECTERN_PORT launcher
			LECTERN_PROXIES_TRUSTED gateway
			LECTERN_STREAMS_MAXAGE catalog-service gateway
			SERVER_PORT gateway
			""");

	@Test
	void variableReachesItsReadersAlone() {
		assertThat(this.variables.isReadBy("gateway", "LECTERN_STREAMS_MAXAGE")).isTrue();
		assertThat(this.variables.isReadBy("progress-service", "LECTERN_STREAMS_MAXAGE")).isFalse();
		assertThat(this.variables.isReadBy("gateway", "EDITOR")).isFalse();
		assertThat(this.variables.isReadBy("gateway", "LECTERN_PROXIES_TRUSTED_0")).isTrue();
	}

	@Test
	void knownVariablesAndThoseOfOthersAreAccepted() {
		assertThat(this.variables
			.explainUnknown(Set.of("LECTERN_PORT", "LECTERN_PROXIES_TRUSTED_1", "SERVER_PROT", "lectern_port")))
			.isNull();
	}

	@Test
	void misspeltVariableIsExplainedWithNearestName() {
		assertThat(this.variables.explainUnknown(Set.of("LECTERN_STREAM_MAX_AGE", "LECTERN_PORT")))
			.isEqualTo("No setting has the environment variable LECTERN_STREAM_MAX_AGE: the nearest name is "
					+ "LECTERN_STREAMS_MAXAGE, and docs/settings.md has all of them.");
	}

	@Test
	void variablesOfKubernetesAreAccepted() {
		assertThat(this.variables.explainUnknown(Set.of("LECTERN_GATEWAY_SERVICE_HOST", "LECTERN_GATEWAY_SERVICE_PORT",
				"LECTERN_GATEWAY_SERVICE_PORT_HTTP", "LECTERN_GATEWAY_PORT", "LECTERN_GATEWAY_PORT_8080_TCP_ADDR")))
			.isNull();
		assertThat(this.variables.explainUnknown(Set.of("LECTERN_GATEWAY_PORT"))).isNotNull();
	}

	@Test
	void serviceWithMisspeltVariableDoesNotStart() {
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> EnvironmentVariableCheck.requireKnown(Set.of("LECTERN_PROT")))
			.satisfies((failure) -> {
				FailureAnalysis analysis = new StartRefusedFailureAnalyzer().analyze(failure);
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("LECTERN_PROT: the nearest name is LECTERN_PORT");
			});
	}

}
