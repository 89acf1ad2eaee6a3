package lectern.progress.canary;

import java.time.Clock;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import lectern.progress.account.CanaryToken;
import lectern.progress.eventlog.CanaryLog;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * There is a canary if it is known where the gateway is. With an outside issuer the
 * gateway accepts no token that this service signs, so there is none.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${lectern.canary.url:}' != '' && '${lectern.tokens.oidc.issuer:}' == ''")
class CanaryConfiguration {

	@Bean
	Canary canary(CanarySettings settings, CanaryLog log, CanaryToken token, MeterRegistry registry, JsonMapper mapper,
			Clock clock) {
		return new Canary(log, new CanaryStream(Objects.requireNonNull(settings.url()), token), settings.interval(),
				new CanaryRecorder(registry, clock), mapper, clock);
	}

}
