package lectern.gateway;

import java.io.IOException;
import java.util.Properties;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;

/**
 * What the build of the pages has written: the shell, which is the one HTML page of all
 * addresses, and what other pages need to know. It is in memory, because it is small and
 * never changes while the gateway runs.
 */
@Component
class BuiltPages {

	/** The folder of the files on the class path. */
	static final String FOLDER = "pages/";

	private final byte[] shell;

	private final Properties properties;

	BuiltPages() {
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
		return this.shell;
	}

	/** Return the Content-Security-Policy, which allows the import map of the shell. */
	String policy() {
		return this.properties.getProperty("policy");
	}

	/** Return the address of the styles. */
	String styles() {
		return this.properties.getProperty("styles");
	}

	/** Return the address of the icon. */
	String icon() {
		return this.properties.getProperty("icon");
	}

}
