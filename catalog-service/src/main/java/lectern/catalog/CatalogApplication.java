package lectern.catalog;

import lectern.web.ServiceMain;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The catalog service. */
@SpringBootApplication
public class CatalogApplication {

	/** Start the service; it runs until the process is stopped. */
	public static void main(String[] args) {
		ServiceMain.run(CatalogApplication.class, args);
	}

}
