package lectern.streaming.live;

public class SecondPart {

	static class Nested {

		Object other = FirstPart.class;

	}

}
