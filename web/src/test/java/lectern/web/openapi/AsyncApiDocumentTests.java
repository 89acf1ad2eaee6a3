package lectern.web.openapi;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncApiDocumentTests {

	private final ObjectNode openApi = ApiDocument.checkedIn().root();

	private final ObjectNode document = ApiDocument.read(ApiDocument.file("asyncapi.json")).root();

	@Test
	void documentIsDerivedFromOpenApiDocument() {
		assertThat(this.document).isEqualTo(AsyncApiDocument.of(this.openApi).root());
	}

	@Test
	void everyStreamIsChannel() {
		assertThat(this.document.get("channels").valueStream().map((channel) -> channel.get("address").stringValue()))
			.containsExactlyInAnyOrder("/api/v1/catalog/events", "/api/v1/activity/events", "/api/v1/operations/events",
					"/api/v1/readers/{reader}/events", "/api/v1/readers/{reader}/replay");
	}

	@Test
	void everyReferenceHasTarget() {
		assertThat(this.document.findValuesAsString("$ref")).isNotEmpty()
			.allSatisfy((reference) -> assertThat(this.document.at(reference.substring(1)).isMissingNode()).isFalse());
	}

	@Test
	void everyStreamCanEnd() {
		assertThat(this.document.get("channels"))
			.allSatisfy((channel) -> assertThat(channel.get("messages").has("StreamEnd")).isTrue());
	}

}
