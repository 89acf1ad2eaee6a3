package lectern.gateway.tls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import lectern.web.TestCertificate;
import lectern.web.setting.StartRefusedException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@NullUnmarked
@ExtendWith(OutputCaptureExtension.class)
class ServedCertificateTests {

	private static TestCertificate first;

	private static TestCertificate second;

	@TempDir
	private Path folder;

	private Path certificate;

	private Path key;

	@BeforeAll
	static void createCertificates() throws Exception {
		first = TestCertificate.create();
		second = TestCertificate.create("RSA", "-validity", "20");
	}

	@BeforeEach
	void writeFirst() throws Exception {
		this.certificate = this.folder.resolve("certificate.pem");
		this.key = this.folder.resolve("key.pem");
		first.write(this.certificate, this.key);
	}

	@Test
	void renewedCertificateIsUsedWhenBothFilesHaveSettled(CapturedOutput output) throws Exception {
		ServedCertificate served = serve(Instant.now());
		SslContext before = served.context();
		served.check();
		assertThat(served.context()).isSameAs(before);

		Files.writeString(this.certificate, second.certificatePem());
		served.check();
		Files.writeString(this.key, second.keyPem());
		served.check();
		assertThat(served.context()).isSameAs(before);
		served.check();
		assertThat(served.context()).isNotSameAs(before);
		assertThat(output).contains(second.certificate().getSerialNumber().toString(16)).doesNotContain("stays in use");
	}

	@Test
	void brokenFileKeepsCertificateAndIsLoggedOnce(CapturedOutput output) throws Exception {
		ServedCertificate served = serve(Instant.now());
		SslContext before = served.context();
		Files.writeString(this.certificate, "-----BEGIN CERTIFICATE-----\nno certificate\n");
		for (int count = 0; count < 5; count++) {
			served.check();
		}
		assertThat(served.context()).isSameAs(before);
		assertThat(output.getAll().lines().filter((line) -> line.contains("stays in use"))).hasSize(1);

		Files.delete(this.certificate);
		for (int count = 0; count < 5; count++) {
			served.check();
		}
		assertThat(served.context()).isSameAs(before);
		assertThat(output.getAll().lines().filter((line) -> line.contains("cannot be read"))).hasSize(1);

		second.write(this.certificate, this.key);
		served.check();
		served.check();
		assertThat(served.context()).isNotSameAs(before);
		assertThat(output).doesNotContain("\tat ");
	}

	@Test
	void onlyCurrentVersionsOfTlsAreOffered() {
		assertThat(serve(Instant.now()).context().newEngine(UnpooledByteBufAllocator.DEFAULT).getEnabledProtocols())
			.containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
	}

	@Test
	void keyOfAnotherCertificateIsRefused() throws Exception {
		Files.writeString(this.key, second.keyPem());
		assertRefused(Instant.now(), "The private key in " + this.key + " does not belong to the certificate in");
		Files.writeString(this.key, TestCertificate.create().keyPem());
		assertRefused(Instant.now(), "The private key in " + this.key + " does not belong to the certificate in");
	}

	@Test
	void certificateOutsideOfItsTimeIsRefused() throws Exception {
		Instant end = first.certificate().getNotAfter().toInstant();
		assertRefused(end.plusSeconds(1), "The certificate in " + this.certificate + " expired on " + end);
		Instant begin = first.certificate().getNotBefore().toInstant();
		assertRefused(begin.minusSeconds(1),
				"The certificate in " + this.certificate + " is not valid before " + begin);
	}

	@Test
	void fileWithoutCertificateOrKeyIsRefused() throws Exception {
		Files.writeString(this.key, first.certificatePem());
		assertRefused(Instant.now(), "There is no private key in " + this.key);
		Files.writeString(this.certificate, "");
		assertRefused(Instant.now(), "There is no certificate in " + this.certificate);
	}

	private void assertRefused(Instant now, String sentence) {
		assertThatExceptionOfType(StartRefusedException.class).isThrownBy(() -> serve(now))
			.withMessageStartingWith(sentence)
			.satisfies((failure) -> assertThat(failure.getMessage()).endsWith(".").hasLineCount(1));
	}

	private ServedCertificate serve(Instant now) {
		return new ServedCertificate(new TlsCertificate.PemFiles(this.certificate, this.key),
				Clock.fixed(now, ZoneOffset.UTC));
	}

}
