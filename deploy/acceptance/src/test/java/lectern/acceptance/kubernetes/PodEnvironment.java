package lectern.acceptance.kubernetes;

import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

/**
 * The environment of the container of a Deployment.
 *
 * @param values by variable
 * @param secrets a Secret and its key, separated by a slash, by variable
 */
record PodEnvironment(Map<String, String> values, Map<String, String> secrets) {

	/** Read the environment; fails if a ConfigMap is missing. */
	static PodEnvironment of(JsonNode deployment, Manifests manifests) {
		Map<String, String> values = new TreeMap<>();
		Map<String, String> secrets = new TreeMap<>();
		JsonNode container = Manifests.container(deployment);
		container.at("/envFrom")
			.forEach((source) -> values.putAll(Manifests
				.texts(manifests.named("ConfigMap", source.at("/configMapRef/name").asString()).at("/data"))));
		for (JsonNode variable : container.at("/env")) {
			String name = variable.at("/name").asString();
			JsonNode secret = variable.at("/valueFrom/secretKeyRef");
			if (secret.isMissingNode()) {
				values.put(name, variable.at("/value").asString());
			}
			else {
				secrets.put(name, secret.at("/name").asString() + "/" + secret.at("/key").asString());
			}
		}
		return new PodEnvironment(values, secrets);
	}

}
