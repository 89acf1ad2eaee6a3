package lectern.acceptance;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import lectern.web.openapi.ApiDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The OpenAPI document says of each operation who may use it, as the table of access
 * does.
 */
class ApiSecurityTests {

	private static final Set<AccessClass> WITHOUT_KEY = Set.of(AccessClass.SIGNED_IN, AccessClass.SIGNED_IN_OWNER,
			AccessClass.SIGNED_IN_OWNER_OR_OPERATOR);

	private final JsonNode paths = ApiDocument.checkedIn().root().get("paths");

	@Test
	void securityOfOperationsIsThatOfTheTableOfAccess() {
		List<DeclaredRoute> routes = DeclaredRoute.all()
			.stream()
			.filter((route) -> route.path().startsWith("/api/v1") || route.path().startsWith("/.well-known"))
			.toList();
		assertThat(routes).hasSizeGreaterThan(60)
			.allSatisfy(
					(route) -> assertThat(ways(route)).as(route.toString()).containsExactlyElementsOf(expected(route)));
	}

	private List<String> ways(DeclaredRoute route) {
		return this.paths.path(route.path())
			.path(route.method().name().toLowerCase(Locale.ROOT))
			.path("security")
			.valueStream()
			.map((way) -> way.propertyNames().stream().findFirst().orElse("none"))
			.toList();
	}

	private static List<String> expected(DeclaredRoute route) {
		AccessClass access = AccessClass.of(route);
		return switch (access) {
			case PUBLIC -> List.of();
			// A token can be renewed, but nobody needs one to register.
			case CREDENTIALS -> route.path().endsWith("/tokens") ? List.of("token", "cookie", "none") : List.of();
			default -> Stream.of("token", "key", "cookie")
				.filter((way) -> !way.equals("key") || !WITHOUT_KEY.contains(access) && !isChangeOfRoles(route))
				.toList();
		};
	}

	private static boolean isChangeOfRoles(DeclaredRoute route) {
		return route.isChange() && route.path().endsWith("/roles");
	}

}
