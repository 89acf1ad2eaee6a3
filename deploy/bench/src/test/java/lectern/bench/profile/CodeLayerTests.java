package lectern.bench.profile;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CodeLayerTests {

	@Test
	void innermostKnownClassDecides() {
		assertThat(CodeLayer.of(List.of("java.util.HashMap", "tools.jackson.databind.ObjectMapper",
				"lectern.progress.command.ReadingController", "reactor.core.publisher.FluxMap")))
			.isEqualTo("JSON");
	}

	@Test
	void packageWithMoreSegmentsIsItsOwnLayer() {
		assertThat(CodeLayer.of(List.of("org.springframework.security.web.server.WebFilterChainProxy")))
			.isEqualTo("security");
		assertThat(CodeLayer.of(List.of("org.springframework.web.server.handler.FilteringWebHandler")))
			.isEqualTo("web framework, exchange and filters");
	}

	@Test
	void stackOfTheJdkAloneIsOther() {
		assertThat(CodeLayer.of(List.of("java.lang.Thread"))).isEqualTo(CodeLayer.OTHER);
	}

}
