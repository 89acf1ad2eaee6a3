package lectern.pages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PagesBuildTests {

	@TempDir
	Path folder;

	private Path sources;

	private Path output;

	@BeforeEach
	void writeSources() throws IOException {
		this.sources = this.folder.resolve("web");
		this.output = this.folder.resolve("pages");
		write("index.html", """
				<link rel="icon" href="/assets/lectern.svg">
				<link rel="stylesheet" href="{{styles}}">
				<script type="importmap">{{import-map}}</script>
				  <script type="module" src="{{start}}"></script>
				""");
		write("lectern.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
		write("styles/index.css", "@import 'base.css';\n");
		write("styles/base.css", "body {\n}\n");
		write("kit/a.js", "export const a = 1;\n");
		write("app/main.js", """
				import { html } from 'lit';
				import { a } from '../kit/a.js';
				document.title = html`${a}`;
				""");
		write("app/library/library-page.js", "import { a } from '../../kit/a.js';\nexport const library = a;\n");
		write("app/book/book-page.js", "import { a } from '../../kit/a.js';\nexport const book = a;\n");
	}

	@Test
	void firstRouteIsOneModuleAndOtherModulesAreFiles() throws IOException {
		Map<String, String> files = build();

		assertThat(files.keySet())
			.filteredOn((path) -> path.startsWith("assets/app/") || path.startsWith("assets/kit/"))
			.hasSize(4)
			.anyMatch((path) -> path.matches("assets/app/main\\.[0-9a-f]{10}\\.js"))
			.anyMatch((path) -> path.matches("assets/app/main\\.[0-9a-f]{10}\\.js\\.gz"))
			.anyMatch((path) -> path.matches("assets/app/book/book-page\\.[0-9a-f]{10}\\.js"));
		assertThat(files.get(fileOf("/assets/kit/a.js"))).isEqualTo(files.get(fileOf("/assets/app/main.js")))
			.contains("export const a = 1;", "export const library = a;", "document.title");
		assertThat(files.get(fileOf("/assets/app/book/book-page.js"))).contains("import { a } from '../../kit/a.js';");
	}

	@Test
	void pageRefersToFilesThatExist() throws IOException {
		Map<String, String> files = build();

		String page = files.get("index.html");
		Matcher addresses = Pattern.compile("\"/(assets/[^\"]+\\.[0-9a-f]{10}\\.\\w+)\"").matcher(page);
		assertThat(addresses.results().map((found) -> found.group(1))).hasSizeGreaterThan(10)
			.allSatisfy((address) -> assertThat(files).containsKey(address));
		assertThat(page).doesNotContain("{{").contains("<link rel=\"modulepreload\" href=\"/assets/lib/lit-html.");
	}

	@Test
	void policyAllowsTheImportMap() throws Exception {
		build();

		String map = importMap();
		String policy = properties().getProperty("policy");
		assertThat(policy).isEqualTo(SecurityPolicy.allowing(map))
			.startsWith("default-src 'none'; script-src 'self' 'sha256-")
			.endsWith("; require-trusted-types-for 'script'; trusted-types lit-html")
			.doesNotContain("unsafe");
	}

	@Test
	void compressedFormIsTheSame() throws IOException {
		Map<String, String> files = build();

		for (String path : files.keySet()) {
			if (path.startsWith("assets/") && !path.endsWith(".gz")) {
				try (InputStream compressed = new GZIPInputStream(
						Files.newInputStream(this.output.resolve(path + ".gz")))) {
					assertThat(new String(compressed.readAllBytes(), StandardCharsets.UTF_8))
						.isEqualTo(files.get(path));
				}
			}
		}
	}

	@Test
	void buildIsReproducibleAndRemovesFilesOfFormerBuild() throws IOException {
		Map<String, String> first = build();
		write("kit/a.js", "export const a = 2;\n");
		Map<String, String> second = build();
		write("kit/a.js", "export const a = 1;\n");

		assertThat(second).isNotEqualTo(first);
		assertThat(build()).isEqualTo(first);
	}

	@Test
	void changeOfOneModuleKeepsAddressesOfOthers() throws IOException {
		build();
		String main = fileOf("/assets/app/main.js");
		String book = fileOf("/assets/app/book/book-page.js");

		write("app/book/book-page.js", "export const book = 2;\n");
		build();

		assertThat(fileOf("/assets/app/main.js")).isEqualTo(main);
		assertThat(fileOf("/assets/app/book/book-page.js")).isNotEqualTo(book);
	}

	@Test
	void missingIconIsNamed() throws IOException {
		Files.delete(this.sources.resolve("lectern.svg"));

		assertThatExceptionOfType(PageBuildException.class).isThrownBy(this::build)
			.withMessage("index.html refers to lectern.svg, which does not exist.");
	}

	private Map<String, String> build() throws IOException {
		PagesBuild.run(this.sources, this.output);
		Map<String, String> files = new TreeMap<>();
		try (Stream<Path> found = Files.walk(this.output)) {
			for (Path file : found.filter(Files::isRegularFile).toList()) {
				files.put(this.output.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return files;
	}

	private String fileOf(String module) throws IOException {
		Matcher address = Pattern.compile("\"" + Pattern.quote(module) + "\":\"/([^\"]+)\"").matcher(importMap());
		assertThat(address.find()).isTrue();
		return address.group(1);
	}

	private String importMap() throws IOException {
		String page = Files.readString(this.output.resolve("index.html"));
		return page.substring(page.indexOf("{\"imports\""), page.indexOf("}}") + 2);
	}

	private Properties properties() throws IOException {
		Properties properties = new Properties();
		try (InputStream stream = Files.newInputStream(this.output.resolve("pages.properties"))) {
			properties.load(stream);
		}
		return properties;
	}

	private void write(String path, String text) throws IOException {
		Path file = this.sources.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

}
