package lectern.gateway.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.SslContext;
import lectern.web.setting.StartRefusedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.Http2SslContextSpec;

import org.springframework.context.SmartLifecycle;

/**
 * The certificate that new connections get. Its files are read every few seconds: no
 * system tells of changes on every kind of disk, or behind the links by which Kubernetes
 * and ACME clients replace files. A connection keeps the certificate that it began with.
 */
final class ServedCertificate implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ServedCertificate.class);

	private static final Duration PERIOD = Duration.ofSeconds(5);

	private final TlsCertificate.PemFiles files;

	private final Clock clock;

	private volatile SslContext context;

	/** What was read when the certificate, or a broken one, was last looked at. */
	private PemTexts judged;

	/** What was read last. */
	private PemTexts last;

	private @Nullable Disposable checks;

	/**
	 * Read the certificate.
	 * @throws StartRefusedException if it cannot be used
	 */
	ServedCertificate(TlsCertificate.PemFiles files, Clock clock) {
		this.files = files;
		this.clock = clock;
		this.last = read();
		this.judged = this.last;
		this.context = createContext(parse(this.last));
	}

	private PemTexts read() {
		try {
			return new PemTexts(Files.readString(this.files.certificate()), Files.readString(this.files.key()));
		}
		catch (IOException _) {
			return PemTexts.NONE;
		}
	}

	private TlsCertificate parse(PemTexts content) {
		if (content.equals(PemTexts.NONE)) {
			throw new StartRefusedException("The certificate in " + this.files.certificate() + " or its key in "
					+ this.files.key() + " cannot be read: correct the files or their permissions.");
		}
		return TlsCertificate.parse(content.certificate(), content.key(), this.files, this.clock.instant());
	}

	private static SslContext createContext(TlsCertificate certificate) {
		try {
			return Http2SslContextSpec.forServer(certificate.key(), certificate.chain())
				.configure((builder) -> builder.protocols("TLSv1.3", "TLSv1.2"))
				.sslContext();
		}
		catch (SSLException ex) {
			throw new StartRefusedException(
					"The certificate cannot be used for TLS (" + ex.getMessage() + "): have another one made.");
		}
	}

	/** The context of connections that begin now. */
	SslContext context() {
		return this.context;
	}

	/**
	 * Use what the files contain, if that has changed and then stayed the same from one
	 * call to the next: two files are never replaced at once.
	 */
	void check() {
		PemTexts now = read();
		boolean settled = now.equals(this.last);
		this.last = now;
		if (!settled || now.equals(this.judged)) {
			return;
		}
		this.judged = now;
		try {
			TlsCertificate renewed = parse(now);
			this.context = createContext(renewed);
			logger.info("New connections get the renewed certificate {}, which is valid until {}",
					renewed.serialNumber(), renewed.end());
		}
		catch (StartRefusedException ex) {
			logger.warn("{} The certificate of before stays in use.", ex.getMessage());
		}
	}

	@Override
	public void start() {
		this.checks = Flux.interval(PERIOD, Schedulers.boundedElastic())
			.onBackpressureDrop()
			.subscribe((_) -> check(), (failure) -> logger.error("Certificates are not renewed any more", failure));
	}

	@Override
	public void stop() {
		Disposable running = this.checks;
		if (running != null) {
			running.dispose();
			this.checks = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.checks != null;
	}

	/**
	 * What the files contain.
	 *
	 * @param certificate the text of the file with the chain
	 * @param key the text of the file with the private key
	 */
	private record PemTexts(String certificate, String key) {

		/** One of the files cannot be read. */
		static final PemTexts NONE = new PemTexts("", "");

	}

}
