package lectern.progress.forecast;

public class ForecastWithFramework {

	Object framework = org.springframework.util.MimeTypeUtils.ALL;

}
