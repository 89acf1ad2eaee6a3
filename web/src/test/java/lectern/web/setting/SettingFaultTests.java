package lectern.web.setting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingFaultTests {

	@ParameterizedTest
	@CsvSource({ "postgresql://me:hidden@127.0.0.1/catalog,postgresql://…127.0.0.1/catalog",
			"postgresql://me:hid@den@127.0.0.1/catalog,postgresql://…127.0.0.1/catalog",
			"postgresql://db/catalog?user=me&password=hidden&ssl=on,postgresql://db/catalog?user=me&password=…&ssl=on",
			"mailto:me@example.com,mailto:me@example.com" })
	void passwordWithinUrlIsNotShown(String url, String shown) {
		assertThat(new SettingFault("lectern.database.url", url, "another one").sentence())
			.isEqualTo("The setting lectern.database.url (LECTERN_DATABASE_URL in the environment) is \"" + shown
					+ "\": it must be another one.");
	}

	@Test
	void secretIsNotShown() {
		assertThat(new SettingFault("lectern.progress.admin-password", "hidden", "longer").sentence()).isEqualTo(
				"The setting lectern.progress.admin-password (LECTERN_PROGRESS_ADMINPASSWORD in the environment) "
						+ "has a value that is not allowed, and is not shown: it must be longer.");
	}

}
