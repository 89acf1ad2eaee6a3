package lectern.gateway;

import lectern.web.ServiceMain;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * The single entry point of Lectern: routes, token checks, event streams, problems and
 * web pages.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class GatewayApplication {

	static void main(String[] arguments) {
		ServiceMain.run(GatewayApplication.class, arguments);
	}

}
