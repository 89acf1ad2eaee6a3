package lectern.acceptance.kubernetes;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import lectern.acceptance.Modules;

import static org.assertj.core.api.Assumptions.assumeThat;

/** What an operator gets from the project, each with its defaults. */
enum Rendering {

	/** The base of Kustomize. */
	BASE(() -> Kubectl.kustomize("base")),

	/** The overlay of Kustomize. */
	PRODUCTION(() -> Kubectl.kustomize("overlays/production")),

	/** The chart of Helm. */
	CHART(() -> HelmChart.render()),

	/** The chart of Helm with the values for production. */
	CHART_IN_PRODUCTION(() -> HelmChart.render(HelmChart.FOLDER.resolve("values-production.yaml")));

	/** Where the manifests are. */
	static final Path FOLDER = Modules.ROOT.resolve("deploy/kubernetes");

	private static final Map<Rendering, Manifests> RENDERED = new EnumMap<>(Rendering.class);

	private final Supplier<Manifests> source;

	Rendering(Supplier<Manifests> source) {
		this.source = source;
	}

	/** Return the objects; the test is skipped if the program that renders is missing. */
	Manifests manifests() {
		if (this == BASE || this == PRODUCTION) {
			assumeThat(Kubectl.isInstalled()).as("there is no kubectl of version 1.27 or newer on the PATH").isTrue();
		}
		synchronized (RENDERED) {
			return RENDERED.computeIfAbsent(this, (_) -> this.source.get());
		}
	}

}
