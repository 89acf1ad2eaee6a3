package lectern.progress.erasure;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the erasure of readers.
 *
 * @param folder where the list of erasures is kept, outside of the database; null for no
 * list, and then a restored backup brings back who was erased since
 * @param handleRetention how long nobody can register the handle of an erased reader:
 * until no request can be running that began with a token of the former account
 */
@ConfigurationProperties("lectern.progress.erasure")
record ErasureSettings(@Nullable Path folder, @DefaultValue("35m") Duration handleRetention) {

}
