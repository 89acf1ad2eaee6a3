package lectern.pages;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The Content-Security-Policy of the pages: code and styles are files of this origin, and
 * text becomes markup nowhere but in the templates of lit-html.
 */
final class SecurityPolicy {

	private SecurityPolicy() {
	}

	/** Return the policy that allows one inline text, the import map. */
	static String allowing(String importMap) {
		String hash = Base64.getEncoder().encodeToString(Sha256.digest(importMap.getBytes(StandardCharsets.UTF_8)));
		return String.join("; ", "default-src 'none'", "script-src 'self' 'sha256-" + hash + "'", "style-src 'self'",
				"img-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
				"frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types lit-html");
	}

}
