package lectern.acceptance;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** A type of problem as its page shows it. */
record DocumentedProblem(String name, int status, String title) {

	/** Read all pages of the gateway, by the names of the types. */
	static Map<String, DocumentedProblem> readAll() {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new FileSystemResource(Modules.ROOT.resolve("gateway/src/main/resources/problems.yml")));
		Map<String, DocumentedProblem> pages = new TreeMap<>();
		yaml.getObject().stringPropertyNames().stream().filter((key) -> key.endsWith(".title")).forEach((key) -> {
			String prefix = key.substring(0, key.length() - "title".length());
			String name = prefix.substring("lectern.problems.".length(), prefix.length() - 1);
			pages.put(name,
					new DocumentedProblem(name, Integer.parseInt(yaml.getObject().getProperty(prefix + "status")),
							yaml.getObject().getProperty(key)));
		});
		return pages;
	}

}
