package lectern.streaming.postgreslog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import lectern.web.setting.SettingConstraints;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database of a service. The schema is migrated through JDBC at the start, and
 * requests use R2DBC.
 *
 * @param url the database: {@code postgresql://HOST:PORT/NAME}
 * @param user the role that owns the database
 * @param password the password of the role
 * @param plans how PostgreSQL plans prepared statements: {@code auto},
 * {@code force_generic_plan} or {@code force_custom_plan}
 * @param sslMode whether connections use TLS, and what they check of the certificate, as
 * libpq names it: {@code disable}, {@code require}, {@code verify-ca} or
 * {@code verify-full}
 * @param sslRootCertificate the file (PEM) with the certificates of the authorities that
 * {@code verify-ca} and {@code verify-full} accept
 * @param allowDataLoss whether a database is accepted that loses acknowledged writes in a
 * crash, because its fsync, full_page_writes or synchronous_commit is off
 */
@ConfigurationProperties("lectern.database")
record DatabaseSettings(String url, String user, @DefaultValue("") String password, @DefaultValue("auto") String plans,
		@DefaultValue("disable") SslMode sslMode, @Nullable Path sslRootCertificate,
		@DefaultValue("false") boolean allowDataLoss) {

	/** Parameters would be those of one of the two drivers. */
	private static final Pattern URL = Pattern.compile("postgresql://[^\\s/?#@]+/[^\\s/?#]+");

	private static final int LOGIN_SECONDS = 10;

	private static final Set<String> PLANS = Set.of("auto", "force_generic_plan", "force_custom_plan");

	DatabaseSettings {
		SettingConstraints.require(url != null && URL.matcher(url).matches(), "url", url,
				"a URL without user and parameters, such as postgresql://127.0.0.1:5432/catalog");
		SettingConstraints.requireText("user", user);
		SettingConstraints.require(PLANS.contains(plans), "plans", plans,
				"auto, force_generic_plan or force_custom_plan");
		SettingConstraints.require(sslRootCertificate == null || Files.isRegularFile(sslRootCertificate),
				"ssl-root-certificate", sslRootCertificate, "a file that exists");
		SettingConstraints.require(sslRootCertificate != null || !sslMode.verifiesCertificate(), "ssl-root-certificate",
				null, "the file with the accepted authorities if ssl-mode is " + sslMode);
	}

	/** The same database for JDBC. */
	String jdbcUrl() {
		String parameters = "?loginTimeout=" + LOGIN_SECONDS + "&sslmode=" + this.sslMode;
		return "jdbc:" + this.url + ((this.sslRootCertificate == null) ? parameters : parameters + "&sslrootcert="
				+ URLEncoder.encode(this.sslRootCertificate.toString(), StandardCharsets.UTF_8));
	}

	/** Leaves out the password, because settings are often logged. */
	@Override
	public String toString() {
		return "DatabaseSettings[url=" + this.url + ", user=" + this.user + "]";
	}

	/** Whether connections use TLS, and what they check. */
	enum SslMode {

		/** No TLS. */
		DISABLE,

		/** TLS with any certificate. */
		REQUIRE,

		/** TLS with a certificate of an accepted authority. */
		VERIFY_CA,

		/** As above, and the certificate has the name of the host. */
		VERIFY_FULL;

		boolean verifiesCertificate() {
			return this == VERIFY_CA || this == VERIFY_FULL;
		}

		/** The name in libpq. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
