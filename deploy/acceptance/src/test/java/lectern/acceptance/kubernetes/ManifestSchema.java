package lectern.acceptance.kubernetes;

import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Which fields the objects of Kubernetes have, and of which types, as the model of
 * fabric8 knows it. It does not know which fields are required and which values an
 * enumeration has.
 */
final class ManifestSchema {

	private static final Map<String, Class<?>> TYPES = Map.of("v1 ConfigMap", ConfigMap.class, "v1 Namespace",
			Namespace.class, "v1 PersistentVolumeClaim", PersistentVolumeClaim.class, "v1 Service", Service.class,
			"v1 ServiceAccount", ServiceAccount.class, "apps/v1 Deployment", Deployment.class,
			"networking.k8s.io/v1 Ingress", Ingress.class, "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
			"policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.annotationIntrospector(new WithoutAnySetter())
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.withCoercionConfig(LogicalType.Textual,
				(texts) -> texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
					.setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
		.build();

	private ManifestSchema() {
	}

	/**
	 * Check an object.
	 * @throws JacksonException with the path of a field that the type does not have, or
	 * whose value has another type
	 * @throws AssertionError if no object in the manifests is of that kind
	 */
	static void requireValid(JsonNode object) {
		String type = object.at("/apiVersion").asString() + " " + Manifests.kind(object);
		Class<?> model = TYPES.get(type);
		if (model == null) {
			throw new AssertionError("There is no type " + type);
		}
		MAPPER.treeToValue(object, model);
	}

	/** The classes of the model would otherwise keep fields that they do not know. */
	private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1L;

		@Override
		public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
			return false;
		}

	}

}
