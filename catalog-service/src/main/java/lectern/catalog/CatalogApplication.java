package lectern.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the catalog. */
@SpringBootApplication
public class CatalogApplication {

	/** Run until stopped. */
	public static void main(String[] args) {
		SpringApplication.run(CatalogApplication.class, args);
	}

}
