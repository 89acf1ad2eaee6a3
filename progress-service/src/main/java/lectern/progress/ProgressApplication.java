package lectern.progress;

import lectern.web.ServiceMain;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the progress service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ProgressApplication {

	/** Run the service until it is stopped. */
	public static void main(String[] args) {
		ServiceMain.run(ProgressApplication.class, args);
	}

}
