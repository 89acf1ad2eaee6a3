package lectern.pages;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one HTML page, from a template with placeholders. */
final class ShellPage {

	private static final String NAME = "index.html";

	private static final String START = "{{start}}";

	private static final Pattern ASSET = Pattern.compile("\"/assets/([^\"]+)\"");

	private final String template;

	ShellPage(String template) {
		this.template = template;
	}

	/**
	 * Return the page.
	 * @param values the values of the placeholders, of which the page must have each
	 * @param preloaded the addresses of modules that the browser loads without waiting
	 * for the module that imports them
	 * @param files the addresses of other files, such as the icon, by their paths
	 */
	String render(Map<String, String> values, List<String> preloaded, Map<String, String> files) {
		String page = withHashes(files);
		page = page.replaceFirst("(?m)^( *)(?=.*" + Pattern.quote(START) + ")", links(preloaded) + "$1");
		for (Map.Entry<String, String> value : values.entrySet()) {
			String placeholder = "{{" + value.getKey() + "}}";
			if (!page.contains(placeholder)) {
				throw new PageBuildException(NAME + " has no " + placeholder + ".");
			}
			page = page.replace(placeholder, value.getValue());
		}
		return page;
	}

	private static String links(List<String> addresses) {
		return addresses.stream()
			.map((address) -> "$1<link rel=\"modulepreload\" href=\"" + address + "\">\n")
			.collect(Collectors.joining());
	}

	private String withHashes(Map<String, String> files) {
		return ASSET.matcher(this.template).replaceAll((found) -> {
			String address = files.get(found.group(1));
			if (address == null) {
				throw new PageBuildException(NAME + " refers to " + found.group(1) + ", which does not exist.");
			}
			return Matcher.quoteReplacement("\"" + address + "\"");
		});
	}

}
