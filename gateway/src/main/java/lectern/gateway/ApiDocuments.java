package lectern.gateway;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The descriptions of the API, which the build copies from {@code docs}. They are in
 * memory, because they are small and never change while the gateway runs.
 */
@Component
class ApiDocuments {

	private static final int TAG_LENGTH = 16;

	private final byte[] openApi = read("openapi.json");

	private final byte[] asyncApi = read("asyncapi.json");

	private final String entityTag = entityTag(List.of(this.openApi, this.asyncApi));

	/** Return the OpenAPI document. */
	byte[] openApi() {
		return this.openApi;
	}

	/** Return the AsyncAPI document of the event streams. */
	byte[] asyncApi() {
		return this.asyncApi;
	}

	/** Return the entity tag of everything that this release says about the API. */
	String entityTag() {
		return this.entityTag;
	}

	private static byte[] read(String name) {
		try {
			return new ClassPathResource("api/" + name).getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The build has not copied " + name, ex);
		}
	}

	private static String entityTag(List<byte[]> documents) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			documents.forEach(digest::update);
			return "\"" + HexFormat.of().formatHex(digest.digest()).substring(0, TAG_LENGTH) + "\"";
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
