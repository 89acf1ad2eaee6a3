package lectern.streaming.live;

public class FirstPart {

	Object other = SecondPart.Nested.class;

}
