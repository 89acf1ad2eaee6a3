package lectern.acceptance.kubernetes;

import java.nio.file.Path;
import java.util.Map;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;

/** The chart, rendered by Helm as a library. */
final class HelmChart {

	static final Path FOLDER = Rendering.FOLDER.resolve("chart");

	/**
	 * The oldest version of Kubernetes that the chart is for; Helm would assume an older
	 * one.
	 */
	private static final String OLDEST = "1.30.0";

	private HelmChart() {
	}

	/**
	 * Render the chart with files of values, of which later ones override earlier ones.
	 */
	static Manifests render(Path... files) {
		TemplateCommand command = command();
		for (Path file : files) {
			command.withValuesFile(file);
		}
		return Manifests.parse(command.call());
	}

	/**
	 * Render the chart with some values, by their paths with dots.
	 * @throws RuntimeException if a value is refused
	 */
	static Manifests render(Map<String, String> values) {
		TemplateCommand command = command();
		values.forEach(command::set);
		return Manifests.parse(command.call());
	}

	private static TemplateCommand command() {
		return new Helm(FOLDER).template().withName("lectern").withNamespace("lectern").withKubeVersion(OLDEST);
	}

	/** Check the chart; what Helm recommends counts as a fault. */
	static LintResult lint() {
		return new Helm(FOLDER).lint().strict().call();
	}

}
