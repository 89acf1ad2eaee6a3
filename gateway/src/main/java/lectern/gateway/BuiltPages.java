package lectern.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/**
 * What the build of the pages has written: the shell, which is the one HTML page of all
 * addresses, and what other pages need to know. It is in memory, because it is small and
 * never changes while the gateway runs. Only while somebody works on the pages, the shell
 * is made of its source, with the addresses of sources.
 */
@Component
class BuiltPages {

	/** The folder of the files on the class path. */
	static final String FOLDER = "pages/";

	private static final String ASSETS = "/assets/";

	private final PageSettings settings;

	private final byte[] shell;

	private final Properties properties;

	BuiltPages(PageSettings settings) {
		this.settings = settings;
		try {
			this.shell = new ClassPathResource(FOLDER + "index.html").getContentAsByteArray();
			this.properties = PropertiesLoaderUtils.loadProperties(new ClassPathResource(FOLDER + "pages.properties"));
		}
		catch (IOException ex) {
			throw new IllegalStateException("The pages are not built", ex);
		}
	}

	/** Return the shell. */
	byte[] shell() {
		Path sources = this.settings.sources();
		return (sources != null) ? shellOf(sources) : this.shell;
	}

	private byte[] shellOf(Path sources) {
		try {
			return Files.readString(sources.resolve("index.html"))
				.replace("{{import-map}}", property("libraries"))
				.replace("{{styles}}", ASSETS + "styles/index.css")
				.replace("{{start}}", ASSETS + "app/main.js")
				.getBytes(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the Content-Security-Policy, which allows the import map of the shell. */
	String policy() {
		return property((this.settings.sources() != null) ? "policy-of-sources" : "policy");
	}

	/** Return the address of the styles. */
	String styles() {
		return (this.settings.sources() != null) ? ASSETS + "styles/index.css" : property("styles");
	}

	/** Return the address of the icon. */
	String icon() {
		return (this.settings.sources() != null) ? ASSETS + "lectern.svg" : property("icon");
	}

	private String property(String name) {
		return this.properties.getProperty(name);
	}

}
