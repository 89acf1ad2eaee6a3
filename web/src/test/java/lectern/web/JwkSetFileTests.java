package lectern.web;

import java.nio.file.Files;
import java.nio.file.Path;

import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class JwkSetFileTests {

	@Test
	void keysAreReadAsTheyWereWritten(@TempDir Path folder) throws Exception {
		JwkSetFile file = new JwkSetFile(folder.resolve("created"));
		assertThat(file.read().blockOptional(HANG_LIMIT)).isEmpty();
		JWKSet keys = JWKSet.parse(TestTokens.jwks());
		file.write(new JWKSet()).block(HANG_LIMIT);
		file.write(keys).block(HANG_LIMIT);
		assertThat(file.read().blockOptional(HANG_LIMIT)).contains(keys);
	}

	@Test
	void failuresAreIgnored(@TempDir Path folder) throws Exception {
		Files.writeString(folder.resolve("jwks.json"), "{");
		assertThat(new JwkSetFile(folder).read().blockOptional(HANG_LIMIT)).isEmpty();
		JwkSetFile impossible = new JwkSetFile(folder.resolve("jwks.json").resolve("below-a-file"));
		impossible.write(new JWKSet()).block(HANG_LIMIT);
		assertThat(new JwkSetFile(null).read().blockOptional(HANG_LIMIT)).isEmpty();
	}

}
